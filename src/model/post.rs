//! Posts.

use super::{ObjectId, ObjectKind, Timestamp};

/// A post as an importer hands it on. Its author's profile travels in an `AccountRecord` of its own. What it shares with
/// other posts is for the layers to say.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
pub struct PostRecord<Text = String> {
    /// The id as the platform wrote it.
    pub platform_id: Text,
    /// Platform id of its author.
    pub author: Text,
    /// When it was posted.
    pub created_at: Option<Timestamp>,
    /// What it says.
    pub text: Option<Text>,
    /// The post that it retweets without a word of its own. Its text, links and hashtags then are that post's.
    pub retweet_of: Option<PostReference<Text>>,
    /// The post that it quotes.
    pub quote_of: Option<PostReference<Text>>,
    /// The post that it replies to.
    pub reply_to: Option<PostReference<Text>>,
    /// The links that it holds, as long as they are known, without those to itself, to its pictures and to what it quotes.
    pub links: Vec<Text>,
    /// Its hashtags, with or without `#`.
    pub hashtags: Vec<Text>,
    /// The language that the platform or the export names, as they write it.
    pub language: Option<Text>,
    /// The program with which it was posted, by its name.
    pub client: Option<Text>,
}

/// A post of an account as the cache keeps it, as all files together tell of it. Texts are hostile until sanitised.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Post {
    /// The id as the platform wrote it.
    pub id: String,
    /// The earliest time that is told.
    pub at: Option<Timestamp>,
    /// What it says, uncut where a file tells all of it. A retweet's words are those of what it retweets.
    pub text: Option<String>,
    /// The language that the platform or the export names, as they write it.
    pub language: Option<String>,
    /// The program with which it was posted, by its name.
    pub client: Option<String>,
    /// It is a retweet without a word of its own.
    pub retweet: bool,
    /// What it retweets, replies to, quotes, links to, says and is tagged with; `None` where all that is known of it was
    /// imported by an earlier version of the program, which did not keep it.
    pub targets: Option<Vec<(ObjectKind, ObjectId)>>,
}

/// What a post tells of another one.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
pub struct PostReference<Text = String> {
    /// The id as the platform wrote it.
    pub platform_id: Text,
    /// Platform id of its author, where known.
    pub author: Option<Text>,
    /// When it was posted, where known.
    pub created_at: Option<Timestamp>,
    /// What it says, where known.
    pub text: Option<Text>,
    /// The export does not tell which post it is: the id was made from its author and what it says. Two posts with the
    /// same words count as one then, and one whose words were cut differently as two.
    pub synthetic: bool,
}

impl<Text> PostRecord<Text> {
    /// The same with every text made another way.
    pub fn map<'r, New>(&'r self, text: impl Fn(&'r Text) -> New + Copy) -> PostRecord<New> {
        let reference = |post: &'r Option<PostReference<Text>>| post.as_ref().map(|post| post.map(text));
        PostRecord {
            platform_id: text(&self.platform_id),
            author: text(&self.author),
            created_at: self.created_at,
            text: self.text.as_ref().map(text),
            retweet_of: reference(&self.retweet_of),
            quote_of: reference(&self.quote_of),
            reply_to: reference(&self.reply_to),
            links: self.links.iter().map(text).collect(),
            hashtags: self.hashtags.iter().map(text).collect(),
            language: self.language.as_ref().map(text),
            client: self.client.as_ref().map(text),
        }
    }
}

impl PostRecord {
    /// The same with texts that lie in this one.
    #[must_use]
    pub fn borrowed(&self) -> PostRecord<&str> {
        self.map(String::as_str)
    }
}

impl<Text> PostReference<Text> {
    fn map<'r, New>(&'r self, text: impl Fn(&'r Text) -> New) -> PostReference<New> {
        PostReference {
            platform_id: text(&self.platform_id),
            author: self.author.as_ref().map(&text),
            created_at: self.created_at,
            text: self.text.as_ref().map(&text),
            synthetic: self.synthetic,
        }
    }
}
