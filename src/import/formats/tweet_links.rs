//! Which of a tweet's links its author shared.

/// As `leading_elsewhere`, with texts of their own.
pub(super) fn shared<'a>(links: impl Iterator<Item = &'a str>, own: &str, quoted: Option<&str>) -> Vec<String> {
    leading_elsewhere(links, own, quoted).into_iter().map(str::to_owned).collect()
}

/// Of `links`, those that do not lead to the tweet itself (as the platform adds them where a text is cut, and for
/// pictures) nor to the tweet that it quotes, which is a quote and no link.
pub(super) fn leading_elsewhere<'a>(
    links: impl Iterator<Item = &'a str>,
    own: &str,
    quoted: Option<&str>,
) -> Vec<&'a str> {
    let leads_to = |link: &str, id: &str| {
        let place = link.split_once("://").map_or(link, |(_, place)| place);
        let (host, path) = place.split_once('/').unwrap_or((place, ""));
        let host = host.to_ascii_lowercase();
        let of_platform = ["twitter.com", "x.com"].iter().any(|platform| {
            host.strip_suffix(platform).is_some_and(|before| before.is_empty() || before.ends_with('.'))
        });
        let mut parts = path.split(['/', '?', '#']);
        of_platform && parts.any(|part| part == "status") && parts.next() == Some(id)
    };
    links.filter(|link| !leads_to(link, own) && quoted.is_none_or(|quoted| !leads_to(link, quoted))).collect()
}

#[cfg(test)]
mod tests {
    use super::shared;

    #[test]
    fn links_to_itself_and_to_what_it_quotes_are_none() {
        let links = [
            "https://twitter.com/rose/status/10/photo/1",
            "https://x.com/i/web/status/10",
            "https://mobile.twitter.com/dove/status/20?s=20",
            "https://twitter.com/dove/status/30",
            "https://nottwitter.com/dove/status/10",
            "https://news.example/status/10",
        ];
        assert_eq!(shared(links.into_iter(), "10", Some("20")), links[3..]);
        assert_eq!(shared(links.into_iter(), "1", None), links);
    }
}
