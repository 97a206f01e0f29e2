//! Numbers for people. A missing value is `–`, never 0; whoever has none writes that.

/// Digits in groups of three: `38,214`.
#[must_use]
pub fn thousands(number: u64) -> String {
    let digits = number.to_string();
    let mut grouped = String::with_capacity(digits.len() + digits.len() / 3);
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    grouped
}

/// How many there are of something that forms its plural with an s: `1 account`, `38,214 accounts`.
#[must_use]
pub fn count_of(number: u64, noun: &str) -> String {
    format!("{} {noun}{}", thousands(number), if number == 1 { "" } else { "s" })
}

/// So many of all, and what is true of it, said of one or of several: `1 of 3 links is short`, `2 of 3 links are short`,
/// `all 3 links are short`, `the only link is short`.
#[must_use]
pub fn some_of(part: u64, all: u64, noun: &str, [one, several]: [&str; 2]) -> String {
    if (part, all) == (1, 1) {
        return format!("the only {noun} {one}");
    }
    let said = if part == 1 { one } else { several };
    if part == all {
        return format!("all {} {said}", count_of(all, noun));
    }
    format!("{} of {} {said}", thousands(part), count_of(all, noun))
}

/// A share from 0 to 1 as whole percent. Only exactly all is `100 %`, only exactly nothing is `0 %`.
#[must_use]
pub fn percent(share: f64) -> String {
    let percent = share * 100.0;
    if share < 1.0 && percent > 99.0 {
        return "99 %".to_owned();
    }
    if share > 0.0 && percent < 1.0 {
        return "<1 %".to_owned();
    }
    format!("{percent:.0} %")
}

/// An amount of bytes in the unit that leaves it short: `812 B`, `12.3 MB`. A megabyte is a million bytes.
#[must_use]
pub fn bytes(count: u64) -> String {
    const UNITS: [&str; 4] = ["kB", "MB", "GB", "TB"];
    if count < 1_000 {
        return format!("{count} B");
    }
    let mut tenths = count / 100;
    let mut unit = 0;
    while tenths >= 10_000 && unit + 1 < UNITS.len() {
        tenths /= 1_000;
        unit += 1;
    }
    format!("{}.{} {}", thousands(tenths / 10), tenths % 10, UNITS[unit])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn digits_are_grouped() {
        for (number, text) in [(0, "0"), (999, "999"), (1_000, "1,000"), (38_214, "38,214"), (1_234_567, "1,234,567")] {
            assert_eq!(thousands(number), text);
        }
    }

    #[test]
    fn one_is_not_many() {
        assert_eq!([0, 1, 2_000].map(|number| count_of(number, "link")), ["0 links", "1 link", "2,000 links"]);
    }

    #[test]
    fn the_verb_goes_with_how_many_there_are() {
        for (part, all, text) in [
            (1, 1, "the only link is short"),
            (1, 3, "1 of 3 links is short"),
            (2, 3, "2 of 3 links are short"),
            (3, 3, "all 3 links are short"),
            (1_000, 2_000, "1,000 of 2,000 links are short"),
        ] {
            assert_eq!(some_of(part, all, "link", ["is short", "are short"]), text);
        }
    }

    #[test]
    fn all_and_nothing_are_said_only_where_true() {
        for (share, text) in [(0.0, "0 %"), (0.001, "<1 %"), (0.944, "94 %"), (0.999, "99 %"), (1.0, "100 %")] {
            assert_eq!(percent(share), text);
        }
    }

    #[test]
    fn amounts_of_bytes_are_short() {
        for (count, text) in [
            (0, "0 B"),
            (999, "999 B"),
            (1_000, "1.0 kB"),
            (999_999, "999.9 kB"),
            (12_345_678, "12.3 MB"),
            (4_000_000_000, "4.0 GB"),
            (9_999_000_000_000_000, "9,999.0 TB"),
        ] {
            assert_eq!(bytes(count), text);
        }
    }
}
