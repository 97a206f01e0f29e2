//! What speaks against reading much into what one account shows. Each caution stands for itself; that none is raised proves
//! nothing.

use super::handle_template::{is_assigned, shape};
use crate::graph::AccountGraph;
use crate::model::Account;
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
    let by_cosine = !graph.parameters().keep.looks_at_all();
    if by_cosine && targets < least {
        let noun = if targets == 1 { "target" } else { "targets" };
        words.push(format!("{} {noun}, too few to be linked by them", thousands(targets.into())));
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

#[cfg(test)]
mod tests {
    use super::*;

    use crate::model::{AccountId, Activity, Profile};

    fn cautions(profile: Profile, posts: u32) -> Vec<String> {
        let graph = AccountGraph::from_pairs(Vec::new());
        let activity = Activity { posts, retweets: posts, ..Activity::default() };
        let account = Account {
            id: AccountId(1),
            platform: Default::default(),
            platform_id: "1".to_owned(),
            profile,
            avatar: None,
            activity,
        };
        account_cautions(&account, &graph)
    }

    #[test]
    fn benign_explanations_are_told_and_none_without_cause() {
        assert!(cautions(Profile::default(), 10).is_empty());
        assert_eq!(
            cautions(Profile::default(), 1),
            ["few observations: 1 post", "1 target, too few to be linked by them"]
        );
        let handle = Some("walker00182".to_owned());
        let profile = Profile { handle, declared_bot: Some(true), verified: Some(true), ..Profile::default() };
        assert_eq!(
            cautions(profile, 40),
            ["says openly that it is automated", "a handle as the platform assigns them", "verified by the platform"]
        );
    }
}
