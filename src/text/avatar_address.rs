//! Addresses of pictures. What a platform gives to accounts without a picture of their own always lies at the same few
//! addresses; all other addresses are one account's, so that equal pictures have different ones.

use url::Url;

/// Where platforms keep their default pictures: the host or what it ends in, empty for any host, and what the path
/// begins with or, after `…`, holds.
const DEFAULTS: [(&str, &str); 15] = [
    ("twimg.com", "/sticky/default_profile_images/"),
    ("twimg.com", "/images/default_profile"),
    ("twitter.com", "/images/default_profile"),
    ("redditstatic.com", "/avatars/"),
    ("gravatar.com", "/avatar/00000000000000000000000000000000"),
    ("libravatar.org", "/avatar/00000000000000000000000000000000"),
    ("discordapp.com", "/embed/avatars/"),
    ("vk.com", "/images/camera_"),
    ("vk.com", "/images/deactivated_"),
    ("", "…/44884218_345707102882519_2446069589734326272_n."),
    ("", "…/avatars/original/missing.png"),
    ("", "…/avatars/static/missing.png"),
    ("", "…/images/avi.png"),
    ("", "…/static-assets/user-unknown.png"),
    ("", "…/identicon/"),
];

/// Whether a platform keeps one of its default pictures at this address.
#[must_use]
pub fn is_default_avatar_address(address: &str) -> bool {
    let Ok(url) = Url::parse(address.trim()) else { return false };
    let host = url.host_str().unwrap_or_default();
    let belongs = |domain: &str| {
        let rest = host.strip_suffix(domain);
        rest.is_some_and(|rest| domain.is_empty() || rest.is_empty() || rest.ends_with('.'))
    };
    DEFAULTS.iter().any(|&(domain, path)| {
        belongs(domain)
            && match path.strip_prefix('…') {
                Some(part) => url.path().contains(part),
                None => url.path().starts_with(path),
            }
    })
}

/// The address that a downloader can be given: of the web, in ASCII, without spaces and line ends. `None` where it is
/// none, such as `data:` or a path.
#[must_use]
pub fn downloadable_address(address: &str) -> Option<String> {
    let url = Url::parse(address.trim()).ok()?;
    let of_the_web = matches!(url.scheme(), "http" | "https") && url.has_host();
    (of_the_web && url.username().is_empty() && url.password().is_none()).then(|| url.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn defaults_of_platforms_are_known() {
        for address in [
            "https://abs.twimg.com/sticky/default_profile_images/default_profile_normal.png",
            "http://a0.twimg.com/sticky/default_profile_images/default_profile_3_normal.png",
            "https://twitter.com/images/default_profile_bigger.gif",
            "https://town.example/avatars/original/missing.png",
            "https://files.town.example/site/avatars/original/missing.png?1",
            "https://www.redditstatic.com/avatars/defaults/v2/avatar_default_3.png",
            "https://secure.gravatar.com/avatar/00000000000000000000000000000000?d=mp&f=y",
        ] {
            assert!(is_default_avatar_address(address), "{address}");
        }
        for address in [
            "https://pbs.twimg.com/profile_images/1/x_normal.jpg",
            "https://nottwimg.com/sticky/default_profile_images/a.png",
            "https://evil.example/?https://abs.twimg.com/sticky/default_profile_images/a.png",
            "https://pictures.example/71.jpg",
            "abs.twimg.com/sticky/default_profile_images/a.png",
            "",
        ] {
            assert!(!is_default_avatar_address(address), "{address}");
        }
    }

    #[test]
    fn only_plain_addresses_of_the_web_go_to_a_downloader() {
        let given = "  https://pictures.example/a b\n.jpg";
        assert_eq!(downloadable_address(given).as_deref(), Some("https://pictures.example/a%20b.jpg"));
        let turned = downloadable_address("https://pictures.example/\u{202e}x").unwrap();
        assert!(turned.is_ascii(), "{turned}");
        for address in ["", "a.jpg", "file:///etc/hosts", "data:image/png;base64,AA", "https://me:secret@x.example/a"] {
            assert_eq!(downloadable_address(address), None, "{address}");
        }
    }
}
