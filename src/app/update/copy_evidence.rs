//! Copy why a pair is linked, as text with columns: all that it shared, whatever of it was drawn, and nothing that a
//! spreadsheet takes for a formula.

use rustc_hash::FxHashMap;

use super::{Effect, State};
use crate::app::{Neighbour, Notice};
use crate::model::{AccountId, AvatarMatch, Object, ObjectId, SharedTarget};
use crate::text::{count_of, date_time, defused, gap, sanitise_line, thousands};

/// Rows that are copied: terminals take some hundred thousand bytes, and drop what is longer without a word.
const MOST_ROWS: usize = 1_000;
/// Characters of a text that are copied.
const LONGEST: usize = 280;

/// What the shared objects say is read only where it is drawn, so that the rest has to be asked for.
pub(in crate::app) fn copy(state: &mut State) -> Vec<Effect> {
    let Some(pair) = state.why.pair else { return Vec::new() };
    let objects = state.why.rows.iter().take(MOST_ROWS).map(|target| target.object).collect();
    vec![Effect::ReadEvidence(pair, objects)]
}

/// Copies the evidence of a pair, of which all is read now.
pub(in crate::app) fn take(state: &mut State, pair: (AccountId, AccountId), objects: Vec<Object>) -> Vec<Effect> {
    let (a, b) = pair;
    let names = [a, b].map(|id| sanitise_line(&state.name_of(id), LONGEST).into_owned());
    let neighbour = state.chosen_neighbour().filter(|neighbour| state.why.pair == Some((a, neighbour.account)));
    let Some(neighbour) = neighbour.filter(|neighbour| neighbour.account == b) else {
        let text =
            format!("The evidence of {} and {} was not copied: another pair was chosen meanwhile", names[0], names[1]);
        state.notice = Some(Notice::error(text));
        return Vec::new();
    };
    let objects: FxHashMap<ObjectId, Object> = objects.into_iter().map(|object| (object.id, object)).collect();
    let mut lines = vec![format!("why {} and {} are linked", names[0], names[1]), figures(state, &neighbour)];
    lines.extend(state.why.cautions.iter().map(|caution| format!("against: {caution}")));
    lines.push(format!("target\t{}\t{}\tgap\ttext", defused(&names[0]), defused(&names[1])));
    lines.extend(state.why.rows.iter().take(MOST_ROWS).map(|target| row(target, objects.get(&target.object))));
    let all = count_of(state.why.rows.len() as u64, "target");
    let rest = state.why.rows.len() > MOST_ROWS;
    let targets = if rest { format!("the closest {} of {all}", thousands(MOST_ROWS as u64)) } else { all };
    if rest {
        lines.push(format!("… {targets}; `bot-tui path` and `export` write all"));
    }
    let text = format!("Copied the evidence of {} and {}, {targets}, if the terminal allows it", names[0], names[1]);
    state.notice = Some(Notice::info(text));
    vec![Effect::Copy(lines.join("\n"))]
}

/// Text of one cell.
fn cell(text: &str) -> String {
    defused(&sanitise_line(text, LONGEST)).into_owned()
}

fn figures(state: &State, neighbour: &Neighbour) -> String {
    let link = &neighbour.link;
    let shared = link.co_share.map(|co| {
        let cosine = co.cosine.map_or_else(String::new, |cosine| format!(", cosine {cosine:.3}"));
        let window = state.parameters.window_seconds;
        format!(
            "{}: {} shared, {} within {window} s{cosine}",
            state.parameters.layer.layer(),
            co.shared,
            co.shared_within
        )
    });
    let pictures = link.avatar.map(|avatar| match avatar {
        AvatarMatch::Same => "avatar: the same file".to_owned(),
        AvatarMatch::Near(distance) => format!("avatar: PDQ distance {distance} of 256"),
    });
    [shared, pictures].into_iter().flatten().collect::<Vec<_>>().join("; ")
}

fn row(target: &SharedTarget, object: Option<&Object>) -> String {
    let key = object.map_or("–", |object| &object.key);
    let text = object.and_then(|object| object.text.as_deref()).unwrap_or_default();
    let [a, b] = [target.at_a, target.at_b].map(|at| at.map_or_else(|| "–".to_owned(), date_time));
    let gap = target.gap_ms().map_or_else(|| "–".to_owned(), gap);
    format!("{}\t{a}\t{b}\t{gap}\t{}", cell(key), cell(text))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::rehearsal::Rehearsal;
    use crate::app::{Action, Message};
    use crate::model::ObjectKind;

    #[test]
    fn all_of_the_evidence_is_copied_whatever_is_drawn() {
        let mut session = Rehearsal::new();
        session.resize(|state| crate::app::Viewport { why: 2, ..state.viewport });
        session.state.objects.clear();
        session.act(&[Action::CopyEvidence]);
        let rows: Vec<&str> = session.copied.lines().skip_while(|line| !line.starts_with("target\t")).skip(1).collect();
        assert_eq!(rows.len(), session.state.why.rows.len());
        assert!(rows.iter().all(|row| row.split('\t').all(|cell| !cell.is_empty() && cell != "–")), "{rows:?}");
        assert!(session.notice().contains("14 targets"), "{}", session.notice());
    }

    #[test]
    fn what_is_copied_holds_no_formula() {
        let mut session = Rehearsal::new();
        let pair = session.state.why.pair.unwrap();
        let object = |target: &SharedTarget| Object {
            id: target.object,
            kind: ObjectKind::RetweetedPost,
            key: "=1".to_owned(),
            author: None,
            created_at: None,
            text: Some("＝HYPERLINK(1)\t@name;=2".to_owned()),
            synthetic: false,
        };
        let objects = session.state.why.rows.iter().map(object).collect();
        session.receive(Message::Evidence(pair, objects));
        let rows: Vec<&str> = session.copied.lines().skip_while(|line| !line.starts_with("target\t")).skip(1).collect();
        for row in rows {
            assert!(row.starts_with("'=1\t") && row.ends_with("\t'＝HYPERLINK(1) @name;'=2"), "{row}");
        }
        let heading = session.copied.lines().find(|line| line.starts_with("target\t")).unwrap();
        assert_eq!(heading, "target\t'@lamp_01\t'@lamp_02\tgap\ttext");
    }

    #[test]
    fn the_evidence_of_a_pair_that_was_left_is_not_copied() {
        let mut session = Rehearsal::new();
        session.receive(Message::Evidence((AccountId(90), AccountId(91)), Vec::new()));
        assert_eq!(session.copied, "");
        assert!(session.notice().contains("not copied"), "{}", session.notice());
    }
}
