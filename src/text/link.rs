//! Links in the one form in which they are compared.

use url::Url;

/// The longest link that is compared; nobody shares longer ones by hand.
const LONGEST: usize = 4_096;

/// Parameters that tell where a reader came from, not what is read.
const TRACKING: [&str; 27] = [
    "_ga",
    "_gl",
    "_hsenc",
    "_hsmi",
    "cmpid",
    "dclid",
    "fb_action_ids",
    "fb_ref",
    "fbclid",
    "gbraid",
    "gclid",
    "gclsrc",
    "igsh",
    "igshid",
    "mc_cid",
    "mc_eid",
    "mkt_tok",
    "msclkid",
    "ncid",
    "ref_src",
    "ref_url",
    "s_cid",
    "si",
    "twclid",
    "wbraid",
    "yclid",
    "ysclid",
];

/// `link` with lower-case scheme and host, no fragment, no default port, no user and no tracking parameters, the others
/// in their order. `None` for what is no web link, or longer than 4,096 bytes.
#[must_use]
pub fn canonical_link(link: &str) -> Option<String> {
    let link = link.trim();
    if link.len() > LONGEST {
        return None;
    }
    let mut url = Url::parse(link).ok().filter(|url| ["http", "https"].contains(&url.scheme()) && url.has_host())?;
    url.set_fragment(None);
    // Both fail only for links without a host.
    let _ = url.set_username("");
    let _ = url.set_password(None);
    if let Some(query) = url.query() {
        let kept: Vec<&str> = query.split('&').filter(|pair| !pair.is_empty() && !is_tracking(pair)).collect();
        let kept = (!kept.is_empty()).then(|| kept.join("&"));
        url.set_query(kept.as_deref());
    }
    Some(url.into())
}

fn is_tracking(pair: &str) -> bool {
    let name = pair.split('=').next().unwrap_or_default().to_ascii_lowercase();
    name.starts_with("utm_") || TRACKING.contains(&name.as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_page_has_one_form() {
        let page = Some("https://news.example/a/B?id=7&page=2".to_owned());
        for link in [
            "https://news.example/a/B?id=7&page=2",
            "HTTPS://News.Example:443/a/B?utm_source=x&id=7&UTM_Medium=y&page=2&fbclid=1#top",
            " https://me:secret@news.example/a/B?id=7&&page=2& ",
        ] {
            assert_eq!(canonical_link(link), page, "{link}");
        }
        assert_eq!(canonical_link("http://news.example?utm_id=1"), Some("http://news.example/".to_owned()));
    }

    #[test]
    fn what_tells_pages_apart_stays() {
        let differ = ["https://a.example/x", "https://a.example/X", "https://a.example/x?id=1", "https://b.example/x"];
        for (index, link) in differ.iter().enumerate() {
            assert!(differ[..index].iter().all(|other| canonical_link(other) != canonical_link(link)), "{link}");
        }
    }

    #[test]
    fn hosts_of_every_script_are_one_host() {
        assert_eq!(canonical_link("https://BÜCHER.example/"), canonical_link("https://xn--bcher-kva.example/"));
    }

    #[test]
    fn what_is_no_web_link_is_none() {
        for link in ["", "news", "mailto:a@b.example", "javascript:alert(1)", "https://", "ftp://a.example/x"] {
            assert_eq!(canonical_link(link), None, "{link}");
        }
        assert_eq!(canonical_link(&format!("https://a.example/{}", "x".repeat(LONGEST))), None);
    }
}
