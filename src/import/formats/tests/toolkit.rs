use super::item_lines;

const SAMPLE: &str = include_str!("../../../../tests/samples/toolkit.csv");

#[test]
fn columns_are_known_by_their_places() {
    let expected = [
        "account a handle=amber",
        "post 1 by=a at=2020-09-13T12:26:40.25Z text=«RT @rose: We plant\ntrees» retweets=(t1 text=«We plant\ntrees»)",
        "account b handle=birch",
        "post 2 by=b at=2020-09-13T12:26:41Z text=«یک, «two» 🌳» answers=(9) links=https://a.example/1 https://b.example/?x=1,2",
        "line 5: timestamp is empty",
    ];
    assert_eq!(item_lines("coordination-network-toolkit", SAMPLE), expected);
}

#[test]
fn a_table_without_a_heading_holds_the_same() {
    let whole = item_lines("coordination-network-toolkit", SAMPLE);
    let bare = item_lines(
        "coordination-network-toolkit",
        include_str!("../../../../tests/samples/toolkit-without-heading.csv"),
    );
    let one_line = |lines: &[String]| lines.iter().map(|item| item.replace("\r\n", "\n")).collect::<Vec<_>>();
    assert_eq!(one_line(&bare[..4]), whole[..4]);
    assert_eq!(bare[4], "line 4: column 7 is empty");
}
