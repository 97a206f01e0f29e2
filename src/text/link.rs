//! Links in the one form in which they are compared.

use std::borrow::Cow;

use url::Url;

/// The longest link that is compared; nobody shares longer ones by hand.
const LONGEST: usize = 4_096;

/// Parameters that tell where a reader came from, not what is read, whatever the host; beside all that begin with `utm_`.
const TRACKING: [&str; 28] = [
    "_ga",
    "_gl",
    "_hsenc",
    "_hsmi",
    "cmpid",
    "dclid",
    "fb_action_ids",
    "fb_ref",
    "fbclid",
    "gad_campaignid",
    "gad_source",
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
    "s_cid",
    "smid",
    "twclid",
    "wbraid",
    "yclid",
    "ysclid",
    "xtor",
];

/// The same on certain hosts and those below them, where elsewhere they say what is read: `ref` is a branch on GitHub.
const TRACKING_OF: [(&str, &[&str]); 8] = [
    (X, &["s", "t", "ref", "ref_src", "ref_url"]),
    ("amazon.com", &["ref", "ref_"]),
    ("facebook.com", &["ref", "fref"]),
    ("imdb.com", &["ref_"]),
    (YOUTUBE, &["si", "feature", "pp", "ab_channel"]),
    ("spotify.com", &["si"]),
    ("theguardian.com", &["cmp"]),
    ("tiktok.com", &["_r", "_t", "is_from_webapp", "sender_device"]),
];

const X: &str = "x.com";
const YOUTUBE: &str = "youtube.com";

/// Names of one host; the first is the one that stays.
const HOSTS: [&[&str]; 2] =
    [&[X, "twitter.com", "mobile.twitter.com", "mobile.x.com", "m.twitter.com"], &[YOUTUBE, "m.youtube.com"]];

/// Hosts that lead elsewhere: what a link of theirs means is not in it.
const SHORTENERS: [&str; 36] = [
    "amzn.to",
    "bbc.in",
    "bit.ly",
    "bitly.com",
    "bl.ink",
    "buff.ly",
    "clck.ru",
    "cutt.ly",
    "db.tt",
    "dlvr.it",
    "fb.me",
    "flip.it",
    "goo.gl",
    "goo.su",
    "hubs.ly",
    "ift.tt",
    "is.gd",
    "j.mp",
    "lnkd.in",
    "mol.im",
    "nyti.ms",
    "ow.ly",
    "rb.gy",
    "rebrand.ly",
    "reut.rs",
    "shorturl.at",
    "snip.ly",
    "t.co",
    "t.ly",
    "tiny.cc",
    "tinyurl.com",
    "trib.al",
    "u.to",
    "v.gd",
    "vk.cc",
    "wp.me",
];

/// `link` in the form that all links of one address share: `https`, host in lower case and without `www.`, equivalent
/// escapes alike (RFC 3986, section 6), without fragment, default port, user, trailing slash and tracking parameters, the
/// other parameters in their order as text; X and YouTube under one name each. `None` for what is no web link, or longer
/// than 4,096 bytes.
///
/// ```
/// use bot_tui::text::canonical_link;
///
/// let link = canonical_link("http://www.example.org/bread/?utm_source=feed#top");
/// assert_eq!(link.as_deref(), Some("https://example.org/bread"));
/// assert_eq!(canonical_link("not a link"), None);
/// ```
#[must_use]
pub fn canonical_link(link: &str) -> Option<String> {
    let link = link.trim();
    if link.len() > LONGEST {
        return None;
    }
    let url = Url::parse(link).ok().filter(|url| ["http", "https"].contains(&url.scheme()))?;
    let written = url.host_str()?.trim_end_matches('.');
    let bare = written.strip_prefix("www.").filter(|rest| rest.contains('.')).unwrap_or(written);
    let port = url.port().map_or_else(String::new, |port| format!(":{port}"));
    let mut host = HOSTS.iter().find(|names| port.is_empty() && names.contains(&bare)).map_or(bare, |names| names[0]);
    let mut path = unescaped(url.path()).trim_end_matches('/').to_owned();
    let mut query = parameters(&url, host);
    if host == X
        && let Some(post) = post_of_x(&path)
    {
        (path, query) = (post, Vec::new());
    }
    if host == "youtu.be" && port.is_empty() && path.len() > 1 {
        query = parameters(&url, YOUTUBE);
        query.push(format!("v={}", &path[1..]));
        (host, path) = (YOUTUBE, "/watch".to_owned());
    }
    query.sort_unstable();
    let path = if path.is_empty() { "/" } else { &path };
    let query = if query.is_empty() { String::new() } else { format!("?{}", query.join("&")) };
    Some(format!("https://{host}{port}{path}{query}"))
}

/// Whether a link is of a host that leads elsewhere, so that what it means is not known.
#[must_use]
pub fn is_short_link(link: &str) -> bool {
    let Some((_, rest)) = link.trim().split_once("://") else { return false };
    let authority = rest.split(['/', '?', '#']).next().unwrap_or_default();
    let host = authority.rsplit('@').next().unwrap_or_default().split(':').next().unwrap_or_default();
    let host = host.to_ascii_lowercase();
    SHORTENERS.contains(&host.strip_prefix("www.").unwrap_or(&host))
}

/// An address without the user and the password that may stand before its host: nobody is to pass these on.
#[must_use]
pub fn without_user(address: &str) -> Cow<'_, str> {
    let Some((scheme, rest)) = address.split_once("://") else { return Cow::Borrowed(address) };
    let end = rest.find(['/', '?', '#']).unwrap_or(rest.len());
    match rest[..end].rfind('@') {
        Some(user) => Cow::Owned(format!("{scheme}://{}", &rest[user + 1..])),
        None => Cow::Borrowed(address),
    }
}

/// The parameters that say what is read.
fn parameters(url: &Url, host: &str) -> Vec<String> {
    let pairs = url.query().unwrap_or_default().split('&').filter(|pair| !pair.is_empty());
    pairs.map(unescaped).filter(|pair| !is_tracking(pair, host)).map(Cow::into_owned).collect()
}

fn is_tracking(pair: &str, host: &str) -> bool {
    let name = pair.split('=').next().unwrap_or_default();
    let lower = name.to_ascii_lowercase();
    let is_under = |domain: &str| host == domain || host.strip_suffix(domain).is_some_and(|front| front.ends_with('.'));
    lower.starts_with("utm_")
        || name == "CMP"
        // What X adds to the links of others, whatever their own `ref_src` means.
        || pair.starts_with("ref_src=twsrc")
        || TRACKING.contains(&lower.as_str())
        || TRACKING_OF.iter().any(|(domain, names)| is_under(domain) && names.contains(&lower.as_str()))
}

/// `/name/status/1`, whichever of its pictures is looked at: names are the same in upper and lower case.
fn post_of_x(path: &str) -> Option<String> {
    let mut parts = path.strip_prefix('/')?.split('/');
    let (name, kind, id) = (parts.next()?, parts.next()?, parts.next()?);
    let is_post =
        matches!(kind, "status" | "statuses") && !id.is_empty() && id.bytes().all(|byte| byte.is_ascii_digit());
    let rest: Vec<&str> = parts.collect();
    let is_picture = matches!(rest.as_slice(), [] | ["photo" | "video", _]);
    (is_post && is_picture).then(|| format!("/{}/status/{id}", name.to_ascii_lowercase()))
}

/// The same text with every escape in upper case, and none where it says what needs none.
fn unescaped(text: &str) -> Cow<'_, str> {
    if !text.contains('%') {
        return Cow::Borrowed(text);
    }
    let mut parts = text.split('%');
    let mut out = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let code = part.get(..2).and_then(|digits| Some((digits, u8::from_str_radix(digits, 16).ok()?)));
        match code {
            Some((_, byte)) if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) => {
                out.push(char::from(byte));
                out.push_str(&part[2..]);
            }
            Some((digits, _)) => {
                out.push('%');
                out.push_str(&digits.to_ascii_uppercase());
                out.push_str(&part[2..]);
            }
            None => {
                out.push('%');
                out.push_str(part);
            }
        }
    }
    Cow::Owned(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Each row is one address, and its first link the form that all have.
    const ONE_ADDRESS: [&[&str]; 12] = [
        &[
            "https://news.example/a/B?id=7&page=2",
            "HTTPS://News.Example:443/a/B?utm_source=x&id=7&UTM_Medium=y&page=2&fbclid=1#top",
            " https://me:secret@news.example/a/B?id=7&&page=2& ",
            "http://www.news.example/a/B/?page=2&id=7",
            "https://news.example./a/./B?page=2&id=7&gad_source=1&smid=tw-share&CMP=Share&ref_src=twsrc%5Etfw",
        ],
        &["https://news.example/", "http://news.example?utm_id=1", "https://www.news.example"],
        &[
            "https://news.example/~a%2Fb%C3%A9?q=%7B1",
            "https://news.example/%7ea%2fb%c3%a9?q=%7b1",
            "https://news.example/%7Ea%2Fbé/?q=%7b%31",
        ],
        &[
            "https://x.com/amber/status/12",
            "https://twitter.com/Amber/status/12?s=20&t=abc",
            "http://mobile.twitter.com/amber/status/12/photo/1",
            "https://mobile.x.com/amber/statuses/12/video/1/",
            "https://www.twitter.com/AMBER/status/12#m",
        ],
        &["https://x.com/amber", "https://twitter.com/amber/?t=1&s=09"],
        &[
            "https://youtube.com/watch?v=abc_1",
            "https://youtu.be/abc_1?si=xyz",
            "https://www.youtube.com/watch?feature=shared&v=abc_1",
            "https://m.youtube.com/watch?v=abc_1&si=1",
        ],
        &["https://youtube.com/watch?t=42&v=abc_1", "https://youtu.be/abc_1?t=42"],
        &["https://open.spotify.com/track/1", "https://open.spotify.com/track/1?si=9"],
        &["https://tiktok.com/@amber/video/1", "https://www.tiktok.com/@amber/video/1?_t=8abc&_r=1"],
        &["https://x.com/amber/lists", "https://twitter.com/amber/lists?ref_src=a&ref_url=https%3A%2F%2Fa.example"],
        &["https://facebook.com/amber", "https://www.facebook.com/amber?ref=page&fref=nf"],
        &["https://theguardian.com/world/1", "https://www.theguardian.com/world/1?CMP=twt_gu&cmp=2"],
    ];

    #[test]
    fn one_page_has_one_form() {
        for links in ONE_ADDRESS {
            for link in links {
                assert_eq!(canonical_link(link).as_deref(), Some(links[0]), "{link}");
            }
        }
    }

    #[test]
    fn what_tells_pages_apart_stays() {
        let differ = [
            "https://a.example/x",
            "https://a.example/X",
            "https://a.example/x?id=1",
            "https://b.example/x",
            "https://a.example/x?s=1",
            "https://a.example/x?t=1",
            "https://a.example/x?si=1",
            "https://a.example/x?cmp=1",
            "https://a.example/x?_t=1",
            "https://a.example/x?_r=1",
            "https://a.example/x?ref_src=1",
            "https://a.example/x?ref_url=1",
            "https://github.com/amber/trees/blob/f.rs?ref=main",
            "https://github.com/amber/trees/blob/f.rs?ref=next",
            "https://github.com/amber/trees/blob/f.rs",
            "https://a.example:8080/x",
            "https://a.example/x%2Fy",
            "https://a.example/x/y",
            "https://www.example/x",
            "https://m.a.example/x",
            "https://x.com/amber/status/12/likes",
            "https://x.com/amber/status/12",
            "https://x.com/birch/status/12",
            "https://youtube.com/watch?v=a",
            "https://youtube.com/watch?v=A",
            "https://youtube.com/watch?t=1&v=a",
            "https://youtu.be/",
        ];
        for (index, link) in differ.iter().enumerate() {
            assert!(differ[..index].iter().all(|other| canonical_link(other) != canonical_link(link)), "{link}");
        }
    }

    #[test]
    fn the_form_of_a_form_is_itself() {
        let odd =
            ["https://a.example/%zz%4", "https://a.example/%252e?%2525", "https://a.example//x//", "http://[::1]:8/a/"];
        for link in ONE_ADDRESS.concat().into_iter().chain(odd) {
            let form = canonical_link(link).unwrap();
            assert_eq!(canonical_link(&form).as_ref(), Some(&form), "{link}");
        }
    }

    #[test]
    fn short_links_are_known_by_their_hosts() {
        for link in [
            "https://t.co/abc",
            "http://www.bit.ly/1",
            "HTTPS://BIT.LY:443/1",
            "https://me:a@bit.ly/1",
            "https://tinyurl.com?x",
        ] {
            assert!(is_short_link(link), "{link}");
        }
        for link in ["https://youtu.be/abc", "https://at.co/abc", "https://a.example/t.co/1", "t.co/abc", ""] {
            assert!(!is_short_link(link), "{link}");
        }
    }

    #[test]
    fn nobody_passes_on_a_password() {
        for (address, safe) in [
            ("https://me:secret@a.example/x@y", "https://a.example/x@y"),
            ("https://me:p@ss@a.example", "https://a.example"),
            ("https://a.example/@me:x@b", "https://a.example/@me:x@b"),
            ("a.png", "a.png"),
        ] {
            assert_eq!(without_user(address), safe);
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
