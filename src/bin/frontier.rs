//! The program of the Frontier page.

fn main() {
    isoflop::web::frontier::start();
}
