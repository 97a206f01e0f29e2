//! The chosen account: its picture, what its profile says, what it did in the data, what the user said of it.

use std::sync::Arc;

use ratatui::Frame;
use ratatui::layout::{Constraint, Layout, Rect};
use ratatui::text::{Line, Span, Text};

use super::accounts::bio_words;
use crate::app::{Pane, Portrait, State};
use crate::model::{Account, AccountId, AvatarId, LinkParameters, Picture};
use crate::signals::account_cautions;
use crate::text::{count_of, date, percent, thousands};
use crate::ui::Screen;
use crate::ui::theme::glyph;
use crate::ui::widgets::cells::{short, wrapped};
use crate::ui::widgets::{avatar, pane_frame};

/// From this width on short facts share a line.
const ROOMY: usize = 44;
/// Lines at the most of what speaks against.
const CAUTIONS: usize = 3;

pub(super) fn draw(frame: &mut Frame<'_>, area: Rect, state: &State, screen: &Screen<'_>) {
    let account = state.chosen().and_then(|id| state.account(id));
    let title = account.map_or_else(|| "no account chosen".to_owned(), |account| title(state, account));
    let inside = pane_frame::draw(frame, area, title, state.focus == Pane::Accounts, screen.theme);
    let Some(account) = account else { return };
    let picture = account.avatar.and_then(|id| picture(state, id));
    let text = match picture {
        Some(picture) => {
            let side = (inside.height * 2).min(inside.width * 2 / 5);
            let [left, text] = Layout::horizontal([Constraint::Length(side + 1), Constraint::Fill(1)]).areas(inside);
            let place = Rect { width: side.min(left.width), ..left };
            avatar::draw(frame.buffer_mut(), place, picture, screen);
            text
        }
        None => inside,
    };
    frame.render_widget(Text::from(lines(state, account, text, screen)), text);
}

/// Who it is, and on which platform where there are several.
fn title(state: &State, account: &Account) -> String {
    let name = short(&account.mention(), 30);
    let several = state.roster.as_ref().is_some_and(|roster| roster.several_platforms);
    if several && account.platform.is_known() { format!("{name} · {}", account.platform) } else { name }
}

/// The picture, once it was read.
pub(super) fn picture(state: &State, id: AvatarId) -> Option<&Picture> {
    state.pictures.get(&id)?.as_ref()
}

fn lines(state: &State, account: &Account, area: Rect, screen: &Screen<'_>) -> Vec<Line<'static>> {
    let theme = screen.theme;
    let width = usize::from(area.width);
    let profile = &account.profile;
    let number = |value: Option<u64>| value.map_or_else(|| "–".to_owned(), thousands);
    let portrait = Portrait::new(state, account);
    let followers = format!("followers {}", number(profile.followers));
    let following = format!("following {}", number(profile.following));
    let created = format!("created {}", profile.created_at.map_or_else(|| "–".to_owned(), date));
    let mut lines = vec![
        Line::raw(short(profile.name.as_deref().unwrap_or("–"), width)),
        tag_line(state, account.id, width, screen),
    ];
    // Where there is width, what belongs together shares a line, since rows are scarce then.
    if width >= ROOMY {
        lines.push(Line::raw(format!("{followers}  {following}  {created}")));
    } else {
        lines.extend([followers, following, created].map(|text| Line::raw(short(&text, width))));
    }
    lines.extend(signals(state, account, &portrait, width).into_iter().map(|text| Line::raw(short(&text, width))));
    let room = usize::from(area.height).saturating_sub(lines.len() + 1);
    lines.extend(against(state, account, (width, room.clamp(1, CAUTIONS)), screen));
    let room = usize::from(area.height).saturating_sub(lines.len() + 1);
    lines.push(Line::from(vec![Span::styled("bio ", theme.muted())]));
    if let Some(line) = lines.last_mut() {
        let mut rest = wrapped(bio_words(account), width.saturating_sub(4), room.max(1)).into_iter();
        line.push_span(Span::raw(rest.next().unwrap_or_default()));
        lines.extend(rest.map(|part| Line::raw(format!("    {part}"))));
    }
    lines
}

/// What speaks against reading much into it; nothing stands here where no caution is raised.
fn against(
    state: &State,
    account: &Account,
    (width, lines): (usize, usize),
    screen: &Screen<'_>,
) -> Vec<Line<'static>> {
    let mut cautions = state.links.as_ref().map(|links| account_cautions(account, &links.graph)).unwrap_or_default();
    if state.links.as_ref().is_some_and(|links| links.incidence.is_rounded(account.id)) {
        cautions.insert(0, "its id looks rounded, and may stand for several accounts".to_owned());
    }
    if cautions.is_empty() {
        return Vec::new();
    }
    let words = wrapped(&format!("against: {}", cautions.join(" · ")), width, lines);
    words.into_iter().map(|line| Line::styled(line, screen.theme.warning())).collect()
}

/// What the signals say; where there is width, two share a line.
fn signals(state: &State, account: &Account, portrait: &Portrait, width: usize) -> Vec<String> {
    let purpose =
        portrait.single_purpose.map(|(author, share)| format!("{} to {}", percent(share), state.name_of(author)));
    let twins = match portrait.profile_twins {
        0 => None,
        1 => Some("1 other: same counts".to_owned()),
        twins => Some(format!("{} others: same counts", thousands(u64::from(twins)))),
    };
    let default = portrait.default_avatar.then(|| "picture: a default, links nobody".to_owned());
    let facts: Vec<String> =
        [Some(posts_words(state, account, portrait)), purpose, twins, default].into_iter().flatten().collect();
    if width >= ROOMY { facts.chunks(2).map(|pair| pair.join(" · ")).collect() } else { facts }
}

fn posts_words(state: &State, account: &Account, portrait: &Portrait) -> String {
    if !state.is_counted() {
        return "posts are being counted".to_owned();
    }
    let posts = count_of(account.activity.posts.into(), "post");
    match portrait.retweet_share {
        None if account.activity.posts == 0 => "no posts in the data".to_owned(),
        None => format!("{posts}, {}", count_of(account.activity.retweet_posts.into(), "retweet")),
        Some(share) if share >= 1.0 => format!("{posts}, all retweets"),
        Some(share) => format!("{posts}, {} retweets", percent(share)),
    }
}

/// What linked the accounts when somebody tagged, in a few words.
pub(super) fn basis_words(basis: Option<&Arc<LinkParameters>>) -> String {
    basis.map_or_else(|| "parameters not known".to_owned(), ToString::to_string)
}

fn tag_line(state: &State, id: AccountId, width: usize, screen: &Screen<'_>) -> Line<'static> {
    let label = state.tags.label(id);
    let word = label.map_or("no tag", |label| label.word());
    let since = state.tags.since(id).map(|at| format!(" {}", date(at))).unwrap_or_default();
    let basis = label.and_then(|_| state.history.basis_of(id));
    let basis = basis.map_or_else(String::new, |basis| format!(" by {}", basis_words(basis)));
    let note = state.tags.note(id).map(|note| format!(" “{note}”")).unwrap_or_default();
    Line::from(vec![
        Span::styled(format!("{} {word}", glyph(label)), screen.theme.label(label)),
        Span::styled(
            short(&format!("{note}{since}{basis}"), width.saturating_sub(word.len() + 2)),
            screen.theme.muted(),
        ),
    ])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::Roster;
    use crate::app::rehearsal::Rehearsal;
    use crate::model::Platform;

    #[test]
    fn the_platform_is_told_where_there_are_several() {
        let mut state = Rehearsal::new().state;
        let roster = state.roster.take().unwrap();
        let mut accounts = roster.accounts().to_vec();
        let mut titles = |word: &str| {
            accounts[0].platform = Platform::named(word);
            state.roster = Some(Arc::new(Roster::new(accounts.clone(), roster.counts)));
            (title(&state, &accounts[0]), title(&state, &accounts[1]))
        };
        let plain = titles("");
        assert_eq!(plain.0, "@lamp_01");
        let (named, other) = titles("x");
        assert_eq!((named.as_str(), other), ("@lamp_01 · x", plain.1), "of no known platform nothing is told");
    }
}
