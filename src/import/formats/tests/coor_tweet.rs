use super::item_lines;

const SAMPLE: &str = include_str!("../../../../tests/samples/coortweet.csv");

#[test]
fn times_and_ids_as_programs_write_them() {
    let expected = [
        "post c1 by=a1 at=2020-09-13T12:26:40Z retweets=(t1)",
        "post c2 by=a2 at=2020-09-13T12:26:45.5Z retweets=(t1)",
        "post c5.0 by=a5.0 at=2020-09-13T12:26:45Z retweets=(t1)",
        "line 5: timestamp_share: `soon` is no time",
        "line 6: object_id is empty",
        "line 7: the id 1.04613E+18 was rounded, perhaps by a spreadsheet; import the original export",
    ];
    assert_eq!(item_lines("coortweet", SAMPLE), expected);
}

#[test]
fn a_share_without_an_id_is_named_by_what_makes_it_one() {
    let lines = item_lines("coortweet", "object_id,account_id,timestamp_share\nt,a,5\n");
    assert_eq!(lines, ["post a/t/5000 by=a at=1970-01-01T00:00:05Z retweets=(t)"]);
}
