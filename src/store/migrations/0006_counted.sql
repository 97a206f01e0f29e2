-- What all posts and shares together come to, by the version of the data: counts of other data are never used. activities
-- holds, for each account id from 0 on, 16 bytes: posts, retweets, retweets of the author it repeats most, and who that is.
CREATE TABLE counted (
    id                INTEGER PRIMARY KEY CHECK (id = 1),
    data_version      INTEGER NOT NULL,
    posts             INTEGER NOT NULL,
    retweets          INTEGER NOT NULL,
    targets           INTEGER NOT NULL,
    synthetic_targets INTEGER NOT NULL,
    activities        BLOB NOT NULL
) STRICT;
