//! The worker for quick questions: the same as the other, built without the verb `fit`.

fn main() {
    isoflop::web::worker::start();
}
