-- Every blob begins with what it is, how much it holds and a checksum, see the room `runs` of the store, which also seals what
-- an earlier version left here.

-- Which chunks of posts have posts of which accounts, from `first_chunk` on.
CREATE TABLE author_chunk (
    id            INTEGER PRIMARY KEY,
    import_id     INTEGER NOT NULL,
    run           INTEGER NOT NULL,
    first_account INTEGER NOT NULL,
    last_account  INTEGER NOT NULL,
    first_chunk   INTEGER NOT NULL,
    entries       INTEGER NOT NULL,
    bytes         BLOB NOT NULL
) STRICT;

-- What can be counted and linked again need not be brought over.
DROP TABLE counted;
DROP TABLE cached_link;
DROP TABLE linking;

-- What all posts and shares together come to, by the version of the data: counts of other data are never used.
CREATE TABLE counted (
    id                INTEGER PRIMARY KEY CHECK (id = 1),
    data_version      INTEGER NOT NULL,
    posts             INTEGER NOT NULL,
    retweets          INTEGER NOT NULL,
    targets           INTEGER NOT NULL,
    synthetic_targets INTEGER NOT NULL,
    chunks            INTEGER NOT NULL
) STRICT;

-- What each account did, by account id from 0 on, in chunks counted from 0 on.
CREATE TABLE activity_chunk (
    place INTEGER PRIMARY KEY,
    bytes BLOB NOT NULL
) STRICT;

-- Links that were computed, by what they depend on; a result of other data than the present one is never used again.
CREATE TABLE linking (
    id           INTEGER PRIMARY KEY,
    parameters   TEXT NOT NULL UNIQUE,
    data_version INTEGER NOT NULL,
    used         INTEGER NOT NULL,
    chunks       INTEGER NOT NULL
) STRICT;

CREATE TABLE link_chunk (
    linking_id INTEGER NOT NULL REFERENCES linking (id) ON DELETE CASCADE,
    place      INTEGER NOT NULL,
    bytes      BLOB NOT NULL,
    PRIMARY KEY (linking_id, place)
) STRICT;
