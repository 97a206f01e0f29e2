//! Posts.

use super::Timestamp;

/// A post as an importer hands it on. Its author's profile travels in an `AccountRecord` of its own. What it shares with
/// other posts is for the layers to say.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
pub struct PostRecord {
    /// The id as the platform wrote it.
    pub platform_id: String,
    /// Platform id of its author.
    pub author: String,
    /// When it was posted.
    pub created_at: Option<Timestamp>,
    /// What it says.
    pub text: Option<String>,
    /// The post that it retweets without a word of its own. Its text, links and hashtags then are that post's.
    pub retweet_of: Option<PostReference>,
    /// The post that it quotes.
    pub quote_of: Option<PostReference>,
    /// The post that it replies to.
    pub reply_to: Option<PostReference>,
    /// The links that it holds, as long as they are known, without those to itself, to its pictures and to what it quotes.
    pub links: Vec<String>,
    /// Its hashtags, with or without `#`.
    pub hashtags: Vec<String>,
    /// The language that the platform or the export names, as they write it.
    pub language: Option<String>,
    /// The program with which it was posted, by its name.
    pub client: Option<String>,
}

/// What a post tells of another one.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
pub struct PostReference {
    /// The id as the platform wrote it.
    pub platform_id: String,
    /// Platform id of its author, where known.
    pub author: Option<String>,
    /// When it was posted, where known.
    pub created_at: Option<Timestamp>,
    /// What it says, where known.
    pub text: Option<String>,
    /// The export does not tell which post it is: the id was made from its author and what it says. Two posts with the
    /// same words count as one then, and one whose words were cut differently as two.
    pub synthetic: bool,
}
