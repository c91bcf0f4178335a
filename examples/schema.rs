//! Prints the JSON schema of the contract, as `schema/contract.json` holds it.
//!
//! ```sh
//! cargo run --features schema --example schema > schema/contract.json
//! ```

fn main() {
    print!("{}", isoflop::ask::schema());
}
