//! What speaks against reading much into what one account shows. Each caution stands for itself; that none is raised proves
//! nothing.

use super::handle_template::{is_assigned, shape};
use crate::graph::AccountGraph;
use crate::model::{Account, KeepRule};
use crate::text::thousands;

/// With fewer posts in the data hardly anything can be said.
const FEW_POSTS: u32 = 10;

/// Benign explanations that hold for an account, in words, the weightiest first.
#[must_use]
pub fn account_cautions(account: &Account, graph: &AccountGraph) -> Vec<String> {
    let mut words = Vec::new();
    if account.profile.declared_bot == Some(true) {
        words.push("says openly that it is automated".to_owned());
    }
    let posts = account.activity.posts;
    if posts < FEW_POSTS {
        let noun = if posts == 1 { "post" } else { "posts" };
        words.push(format!("few observations: {posts} {noun}"));
    }
    let (least, targets) = (graph.parameters().min_retweets, account.activity.retweets);
    let by_cosine = !matches!(graph.parameters().keep, KeepRule::Shared(_) | KeepRule::SharedWithin(_));
    if by_cosine && targets < least {
        words.push(format!("{} targets, too few to be linked by them", thousands(targets.into())));
    }
    if account.avatar.is_some_and(|avatar| graph.is_default_avatar(avatar)) {
        words.push("a default picture".to_owned());
    }
    if account.profile.handle.as_deref().is_some_and(|handle| is_assigned(&shape(handle))) {
        words.push("a handle as the platform assigns them".to_owned());
    }
    if account.profile.verified == Some(true) {
        words.push("verified by the platform".to_owned());
    }
    words
}
