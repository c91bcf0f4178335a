//! The program of the Laws pages.

fn main() {
    isoflop::web::laws::start();
}
