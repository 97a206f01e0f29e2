//! Cells of tables: ids, which other programs may have taken for numbers, texts and what a row gives.

use std::ops::ControlFlow;

use crate::import::format::{Item, Out, Outcome};
use crate::import::table::Row;
use crate::import::time;
use crate::model::{AccountRecord, PostRecord, PostReference};
use crate::text::LongId;

/// A cell that says something.
///
/// # Errors
/// Fails where it is no UTF-8.
pub(super) fn text(row: &Row<'_>, column: Option<usize>) -> Result<Option<String>, String> {
    Ok(row.text(column)?.map(str::to_owned))
}

/// A cell of a profile that is known: perhaps blank, but there.
///
/// # Errors
/// Fails where it is no UTF-8.
pub(super) fn perhaps_blank(row: &Row<'_>, column: Option<usize>) -> Result<Option<String>, String> {
    Ok(row.cell(column)?.map(str::to_owned))
}

/// The post that two cells name, one its id and one its author's, without which the row is none.
///
/// # Errors
/// Fails where one is no UTF-8, or the id is rounded.
pub(super) fn reference(row: &Row<'_>, [post, author]: [Option<usize>; 2]) -> Result<Option<PostReference>, String> {
    row.note_id(post);
    let Some(platform_id) = row.text(post)?.map(clean).transpose()?.flatten() else { return Ok(None) };
    Ok(Some(PostReference { platform_id, author: id(row, author)?, ..PostReference::default() }))
}

/// A post that a row says more of, such as the one that is replied to: where its id is rounded, that alone is left out.
///
/// # Errors
/// Fails where one is no UTF-8.
pub(super) fn further(row: &Row<'_>, [post, author]: [Option<usize>; 2]) -> Result<Option<PostReference>, String> {
    let Some(platform_id) = id(row, post)? else { return Ok(None) };
    Ok(Some(PostReference { platform_id, author: id(row, author)?, ..PostReference::default() }))
}

/// The same where it is a tweet, whose id tells its time.
///
/// # Errors
/// Fails where one is no UTF-8.
pub(super) fn further_tweet(row: &Row<'_>, columns: [Option<usize>; 2]) -> Result<Option<PostReference>, String> {
    Ok(further(row, columns)?.map(dated))
}

fn dated(post: PostReference) -> PostReference {
    PostReference { created_at: time::of_twitter_id(&post.platform_id), ..post }
}

/// The tweet that two cells name, without which the row is none.
///
/// # Errors
/// Fails where one is no UTF-8, or the id is rounded.
pub(super) fn tweet(row: &Row<'_>, columns: [Option<usize>; 2]) -> Result<Option<PostReference>, String> {
    Ok(reference(row, columns)?.map(dated))
}

/// Sends what a row holds.
pub(super) fn send(out: &mut Out<'_>, account: AccountRecord, post: PostRecord) -> Outcome {
    let flow = out(Item::Account(Box::new(account)));
    Ok(if flow.is_break() { ControlFlow::Break(()) } else { out(Item::Post(&post.borrowed())) })
}

/// The id in a cell; `None` where it is blank, and where a program has rounded it, so that it may be another one's: the row
/// says something without it.
///
/// # Errors
/// Fails where the cell is no UTF-8.
pub(super) fn id(row: &Row<'_>, column: Option<usize>) -> Result<Option<String>, String> {
    let Some(written) = row.text(column)? else { return Ok(None) };
    row.note_id(column);
    Ok(clean(written).unwrap_or_else(|reason| {
        row.leave_out(column, &reason);
        None
    }))
}

/// The id without which a row is none.
///
/// # Errors
/// Fails where it is missing, blank or rounded.
pub(super) fn need_id(row: &Row<'_>, column: usize) -> Result<String, String> {
    row.note_id(Some(column));
    clean(row.need(column)?)?.ok_or_else(|| "an id says nothing".to_owned())
}

/// Whole numbers that a program kept as decimals lose their `.0`, unless they are so long that it rounded them; what stands
/// for nothing is nothing.
fn clean(written: &str) -> Result<Option<String>, String> {
    if matches!(written.to_ascii_lowercase().as_str(), "nan" | "none" | "null" | "na" | "<na>") {
        return Ok(None);
    }
    let short = LongId::parse(written).is_none();
    let whole = written.strip_suffix(".0").filter(|whole| short && is_digits(whole)).unwrap_or(written);
    if is_scientific(whole) {
        return Err(format!("the id {whole:.30} was rounded, perhaps by a spreadsheet; import the original export"));
    }
    Ok(Some(whole.to_owned()))
}

fn is_digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

/// As in `1.04613E+18`, or `9.06E17` as Java writes it.
fn is_scientific(text: &str) -> bool {
    let Some((digits, exponent)) = text.split_once(['e', 'E']) else { return false };
    let (whole, rest) = digits.split_once(['.', ',']).unwrap_or((digits, "0"));
    // Without a point or a sign it may be an id of its own.
    let power = exponent.strip_prefix('+').or_else(|| digits.contains(['.', ',']).then_some(exponent));
    is_digits(whole) && is_digits(rest) && whole.len() == 1 && power.is_some_and(is_digits)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_other_programs_made_of_ids_is_undone_or_told() {
        assert_eq!(clean("12.0"), Ok(Some("12".to_owned())));
        for kept in ["1294030472427835392.0", "12", "1e5f+00a", "did:plc:x", "a.0", ".0", "0012", "9e7"] {
            assert_eq!(clean(kept), Ok(Some(kept.to_owned())));
        }
        for nothing in ["nan", "NaN", "None", "<NA>"] {
            assert_eq!(clean(nothing), Ok(None));
        }
        for rounded in
            ["1.04613E+18", "1.0461323648729825e+18", "1,04613E+18", "1e+18", "9.06E17", "1.2940304724278354E18"]
        {
            assert!(clean(rounded).is_err_and(|reason| reason.contains("rounded")), "{rounded}");
        }
    }
}
