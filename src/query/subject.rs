//! What a filter looks at.

use crate::graph::AccountGraph;
use crate::model::{Account, Label, ObjectKind};
use crate::signals::{ProfileTwins, retweet_share, single_purpose};

/// One account with all that a filter can ask of it.
#[derive(Debug, Clone, Copy)]
pub struct Subject<'a> {
    /// The account.
    pub account: &'a Account,
    /// The user's tag.
    pub label: Option<Label>,
    /// The user's note.
    pub note: Option<&'a str>,
    /// How many accounts it is linked with.
    pub links: usize,
    /// The layer that links it by what it shared, if one does.
    pub linked_by_share: Option<ObjectKind>,
    /// Whether a picture links it.
    pub linked_by_avatar: bool,
    /// Whether its picture is a default.
    pub default_avatar: bool,
    /// Other accounts that show the same figures.
    pub twins: Option<u32>,
    /// Retweets among its posts, 0 to 1, where it has enough posts.
    pub retweet_share: Option<f64>,
    /// Retweets of one author, 0 to 1, where it has enough retweets.
    pub single_purpose: Option<f64>,
}

impl<'a> Subject<'a> {
    /// Gathers what is known of an account.
    #[must_use]
    pub fn new(
        account: &'a Account,
        label: Option<Label>,
        note: Option<&'a str>,
        graph: &AccountGraph,
        twins: &ProfileTwins,
    ) -> Self {
        let neighbours = graph.neighbours(account.id);
        let shares = neighbours.iter().any(|(_, link)| link.co_share_kept);
        Self {
            account,
            label,
            note,
            links: neighbours.len(),
            linked_by_share: shares.then_some(graph.parameters().layer),
            linked_by_avatar: neighbours.iter().any(|(_, link)| link.avatar.is_some()),
            default_avatar: account.avatar.is_some_and(|avatar| graph.is_default_avatar(avatar)),
            twins: twins.others_if_known(account),
            retweet_share: retweet_share(account).ok().map(|found| found.share),
            single_purpose: single_purpose(account).ok().map(|found| found.share),
        }
    }
}
