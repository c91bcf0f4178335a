//! The page.

fn main() {
    isoflop::web::ui::start();
}
