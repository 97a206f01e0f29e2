//! Plain text out of the little HTML that Mastodon lets posts and bios hold.

/// Where the next character of text or the next tag is.
enum Part<'h> {
    Text(&'h str),
    Tag(&'h str),
}

/// Cuts at tags. A `<` that no `>` follows is text.
fn parts(html: &str) -> impl Iterator<Item = Part<'_>> {
    let mut rest = html;
    std::iter::from_fn(move || {
        if rest.is_empty() {
            return None;
        }
        if let Some(end) = rest.strip_prefix('<').and_then(|tag| tag.find('>')) {
            let tag = &rest[1..=end];
            rest = &rest[end + 2..];
            return Some(Part::Tag(tag));
        }
        // A `<` that begins nothing is passed over, and no `>` is looked for again where there was none.
        let next = if rest.starts_with('<') { None } else { rest.find('<') };
        let (text, behind) = rest.split_at(next.unwrap_or(rest.len()));
        rest = behind;
        Some(Part::Text(text))
    })
}

/// The name of a tag in lower case, `/p` for one that ends.
fn name(tag: &str) -> String {
    let end = tag.char_indices().skip(1).find(|(_, c)| c.is_whitespace() || *c == '/').map_or(tag.len(), |(at, _)| at);
    tag[..end].to_ascii_lowercase()
}

/// The text of `html`, its paragraphs set apart by blank lines.
pub(super) fn plain_text(html: &str) -> String {
    let mut text = String::new();
    for part in parts(html) {
        match part {
            Part::Text(written) => decode(written, &mut text),
            Part::Tag(tag) => match name(tag).as_str() {
                "br" | "/li" | "/blockquote" => text.push('\n'),
                "/p" => text.push_str("\n\n"),
                _ => {}
            },
        }
    }
    text.trim().to_owned()
}

/// The links of `html` but those to people and hashtags, which Mastodon marks.
pub(super) fn links(html: &str) -> Vec<String> {
    let anchors = parts(html).filter_map(|part| match part {
        Part::Tag(tag) if name(tag) == "a" => Some(tag),
        _ => None,
    });
    let others = anchors.filter(|tag| {
        let marked = |attribute: &str, mark: &str| {
            value(tag, attribute).is_some_and(|value| value.split_whitespace().any(|word| word == mark))
        };
        !marked("class", "mention") && !marked("class", "hashtag") && !marked("rel", "tag")
    });
    let decoded = |written: &str| {
        let mut link = String::new();
        decode(written, &mut link);
        link
    };
    others.filter_map(|tag| value(tag, "href")).map(decoded).collect()
}

/// The value of an attribute, in quotes as Mastodon writes it.
fn value<'t>(tag: &'t str, attribute: &str) -> Option<&'t str> {
    let mut rest = tag;
    while let Some((before, behind)) = rest.split_once("=\"") {
        let (value, behind) = behind.split_once('"')?;
        let named = before.rsplit(char::is_whitespace).next().unwrap_or_default();
        if named.eq_ignore_ascii_case(attribute) {
            return Some(value);
        }
        rest = behind;
    }
    None
}

/// The longest name of a character, `&#x10ffff;`.
const LONGEST: usize = 10;

/// Writes `text` with the characters that it names.
fn decode(text: &str, to: &mut String) {
    let mut rest = text;
    while let Some(start) = rest.find('&') {
        to.push_str(&rest[..start]);
        rest = &rest[start..];
        let end = rest.bytes().take(LONGEST).position(|byte| byte == b';');
        match end.and_then(|end| Some((character(&rest[1..end])?, end + 1))) {
            Some((character, used)) => {
                to.push(character);
                rest = &rest[used..];
            }
            None => {
                to.push('&');
                rest = &rest[1..];
            }
        }
    }
    to.push_str(rest);
}

fn character(name: &str) -> Option<char> {
    let number = |digits: &str, radix| char::from_u32(u32::from_str_radix(digits, radix).ok()?);
    match name {
        "amp" => Some('&'),
        "lt" => Some('<'),
        "gt" => Some('>'),
        "quot" => Some('"'),
        "apos" => Some('\''),
        "nbsp" => Some('\u{a0}'),
        _ => match name.strip_prefix('#')? {
            digits if digits.starts_with(['x', 'X']) => number(&digits[1..], 16),
            digits => number(digits, 10),
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paragraphs_links_and_named_characters() {
        let html = r##"<p>Tom &amp; Jo&#39;s &lt;tree&gt;<br/>میز&zwnj;ها &#x1F333;</p><p><a href="https://a.example/?x=1&amp;y=2" target="_blank"><span class="invisible">https://</span><span class="ellipsis">a.example/?x</span><span class="invisible">=1&amp;y=2</span></a> <a href="https://m.example/tags/x" class="mention hashtag" rel="tag">#<span>x</span></a></p>"##;
        assert_eq!(plain_text(html), "Tom & Jo's <tree>\nمیز&zwnj;ها 🌳\n\nhttps://a.example/?x=1&y=2 #x");
        assert_eq!(links(html), ["https://a.example/?x=1&y=2"]);
    }

    #[test]
    fn what_is_no_markup_stays() {
        for text in ["a < b & c; &#xd800; &#99999999; &;", "5 &lt", "<", "&"] {
            assert_eq!(plain_text(text), text, "{text}");
        }
        assert_eq!(plain_text("<a <b <c"), "<a <b <c");
        assert!(links("<a href=\"x><a href=y>").is_empty());
    }
}
