//! The worker for every question: a program of its own, without the page.

fn main() {
    isoflop::web::worker::start();
}
