//! The program of the Fit page.

fn main() {
    isoflop::web::fit::start();
}
