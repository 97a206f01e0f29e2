//! Lists in one cell of a table.

/// What stands between the brackets of `[a, b]`, with or without brackets and quotes, cut at `separator`.
pub(super) fn cut(cell: &str, separator: char) -> Vec<String> {
    let cell = cell.trim();
    let inner = cell.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')).unwrap_or(cell);
    let items = inner.split(separator).map(|item| item.trim().trim_matches(['\'', '"']).trim());
    items.filter(|item| !item.is_empty()).map(str::to_owned).collect()
}

/// The same for links, which may hold the comma that separates them: each begins with its scheme.
pub(super) fn links(cell: &str, separator: char) -> Vec<String> {
    let mut links: Vec<String> = Vec::new();
    for part in cut(cell, separator) {
        match links.last_mut() {
            Some(last) if !part.contains("://") => {
                last.push(separator);
                last.push_str(&part);
            }
            _ => links.push(part),
        }
    }
    links
}

/// What seems to separate the items of a list.
pub(super) fn separator(cell: &str) -> char {
    ['|', ',', ';'].into_iter().find(|&separator| cell.contains(separator)).unwrap_or(' ')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_notation_gives_the_same_items() {
        for cell in ["[Trees, گل]", "['Trees', 'گل']", "[\"Trees\",\"گل\"]", "Trees,گل", " Trees , گل, "] {
            assert_eq!(cut(cell, ','), ["Trees", "گل"], "{cell}");
        }
        for empty in ["", "[]", "[ ]", "['']"] {
            assert!(cut(empty, ',').is_empty(), "{empty}");
        }
        assert_eq!(cut("a|b", '|'), ["a", "b"]);
    }

    #[test]
    fn links_may_hold_commas() {
        let cell = "https://a.example/1,2,https://b.example/";
        assert_eq!(links(cell, ','), ["https://a.example/1,2", "https://b.example/"]);
    }
}
