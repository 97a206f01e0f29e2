//! `clusters --test`: each cluster is looked for again, in other orders and at other times.

#![expect(clippy::unwrap_used, reason = "a test may stop at once")]

mod place;
mod program;

use place::Place;

/// The small data has one group that shares within seconds.
#[test]
fn clusters_are_looked_for_again_where_that_is_asked() {
    let place = Place::imported();
    let asked = ["clusters", "--json", "--keep", "shared-within:1", "--min-size", "2"];
    let plain = place.json(&asked);
    assert!(plain["test"].is_null() && plain["clusters"][0]["test"].is_null(), "{plain}");
    let asked = [&asked[..], &["--test", "9"]].concat();
    let tested = place.json(&asked);
    assert_eq!(tested, place.json(&asked), "equal seeds");
    assert_eq!((&tested["test"]["rounds"], &tested["test"]["orders"]), (&9.into(), &20.into()));
    let first = &tested["clusters"][0];
    // One of the four accounts that are in no cluster has ten shares: too few to deal from.
    assert!(first["test"]["stability"] == 1.0 && first["members"][0]["stays"] == 1.0, "{first}");
    let by_count = ["clusters", "--keep", "shared:1", "--min-size", "2", "--test", "3"];
    let said = place.run(&by_count).success();
    let text = String::from_utf8_lossy(&said.get_output().stdout).into_owned();
    assert!(text.contains("tested: stability 100 % · no p"), "{text}");
}
