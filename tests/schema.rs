//! The committed schema of the contract is the one that the types have.

use isoflop::ask::schema;

const COMMITTED: &str = include_str!("../schema/contract.json");

#[test]
fn the_committed_schema_is_the_one_of_the_types() {
    let now = schema();
    let line = COMMITTED.lines().zip(now.lines()).position(|(committed, now)| committed != now);
    assert!(
        COMMITTED == now,
        "the contract changed at line {}; if it should, commit\n    \
         cargo run --features schema --example schema > schema/contract.json",
        line.map_or(0, |line| line + 1)
    );
}
