-- Every row that a file brought names that file, so that an import can be taken back without a trace. What several files
-- say of the same thing is merged when it is read. Import 0 is what an earlier version imported, and what no file brought.

CREATE TABLE import (
    id          INTEGER PRIMARY KEY,
    -- NULL until the file is read to its end; head tells then whether it is the same one.
    sha256      TEXT UNIQUE,
    head        TEXT NOT NULL,
    path        TEXT NOT NULL,
    bytes       INTEGER NOT NULL,
    format      TEXT NOT NULL,
    imported_at INTEGER NOT NULL,
    records     INTEGER NOT NULL,
    skipped     INTEGER NOT NULL,
    -- What formats and layers read at the time.
    reading     INTEGER NOT NULL
) STRICT;

INSERT INTO import SELECT id, sha256, '', path, bytes, format, imported_at, records, skipped, 0 FROM input;

CREATE TABLE rejected_line (
    import_id INTEGER NOT NULL REFERENCES import (id) ON DELETE CASCADE,
    line      INTEGER NOT NULL,
    reason    TEXT NOT NULL,
    PRIMARY KEY (import_id, line)
) STRICT, WITHOUT ROWID;

INSERT INTO rejected_line SELECT input_id, line, reason FROM skipped_line;
DROP TABLE skipped_line;
DROP TABLE input;

-- What an account says of itself, of each field the newest. seen holds, for each field in turn, when its value was seen:
-- 8 bytes each, little-endian.
CREATE TABLE profile (
    account_id   INTEGER NOT NULL REFERENCES account (id),
    import_id    INTEGER NOT NULL,
    handle       TEXT,
    name         TEXT,
    bio          TEXT,
    location     TEXT,
    created_at   INTEGER,
    followers    INTEGER,
    following    INTEGER,
    statuses     INTEGER,
    verified     INTEGER,
    avatar_url   TEXT,
    declared_bot INTEGER,
    observed_at  INTEGER,
    seen         BLOB,
    PRIMARY KEY (account_id, import_id)
) STRICT, WITHOUT ROWID;

INSERT INTO profile
SELECT id, 0, handle, name, bio, location, created_at, followers, following, statuses, verified, avatar_url, NULL,
       observed_at, seen
FROM account;

CREATE TABLE new_account (
    id          INTEGER PRIMARY KEY,
    platform_id TEXT NOT NULL UNIQUE,
    avatar_id   INTEGER REFERENCES avatar (id)
) STRICT;

INSERT INTO new_account SELECT id, platform_id, avatar_id FROM account;
DROP TABLE account;
ALTER TABLE new_account RENAME TO account;

-- Every value of a field by which people know an account, once there was more than one.
CREATE TABLE profile_value (
    account_id INTEGER NOT NULL REFERENCES account (id),
    field      INTEGER NOT NULL,
    value      TEXT NOT NULL,
    import_id  INTEGER NOT NULL,
    PRIMARY KEY (account_id, field, value, import_id)
) STRICT, WITHOUT ROWID;

-- What an object is known to be.
CREATE TABLE detail (
    object_id  INTEGER NOT NULL REFERENCES object (id),
    import_id  INTEGER NOT NULL,
    author_id  INTEGER REFERENCES account (id),
    created_at INTEGER,
    text       TEXT,
    PRIMARY KEY (object_id, import_id)
) STRICT, WITHOUT ROWID;

INSERT INTO detail SELECT id, 0, author_id, created_at, text FROM object
WHERE author_id IS NOT NULL OR created_at IS NOT NULL OR text IS NOT NULL;

-- Without an index of keys, which would take as long to keep as all the rest: an import holds all of them anyway, and hardly
-- anybody else asks for one.
CREATE TABLE new_object (
    id        INTEGER PRIMARY KEY,
    kind      INTEGER NOT NULL,
    key       TEXT NOT NULL,
    synthetic INTEGER NOT NULL
) STRICT;

INSERT INTO new_object SELECT id, kind, key, 0 FROM object;
DROP TABLE object;
ALTER TABLE new_object RENAME TO object;

-- Languages and programs: few words that many posts have.
CREATE TABLE word (
    id   INTEGER PRIMARY KEY,
    text TEXT NOT NULL UNIQUE
) STRICT;

-- Posts and shares are packed, see the room `runs` of the store, which also packs what an earlier version left here.
ALTER TABLE post RENAME TO old_post;
ALTER TABLE share RENAME TO old_share;

CREATE TABLE post_chunk (
    id        INTEGER PRIMARY KEY,
    import_id INTEGER NOT NULL,
    run       INTEGER NOT NULL,
    entries   INTEGER NOT NULL,
    bytes     BLOB NOT NULL
) STRICT;

CREATE TABLE share_chunk (
    id        INTEGER PRIMARY KEY,
    import_id INTEGER NOT NULL,
    run       INTEGER NOT NULL,
    kind      INTEGER NOT NULL,
    entries   INTEGER NOT NULL,
    bytes     BLOB NOT NULL
) STRICT;

-- Posts that their authors deleted: whoever reads posts and shares leaves them out.
CREATE TABLE deletion (
    platform_id TEXT NOT NULL,
    import_id   INTEGER NOT NULL,
    PRIMARY KEY (platform_id, import_id)
) STRICT, WITHOUT ROWID;
