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
    skipped     INTEGER NOT NULL
) STRICT;

INSERT INTO import SELECT id, sha256, '', path, bytes, format, imported_at, records, skipped FROM input;

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

ALTER TABLE account DROP COLUMN handle;
ALTER TABLE account DROP COLUMN name;
ALTER TABLE account DROP COLUMN bio;
ALTER TABLE account DROP COLUMN location;
ALTER TABLE account DROP COLUMN created_at;
ALTER TABLE account DROP COLUMN followers;
ALTER TABLE account DROP COLUMN following;
ALTER TABLE account DROP COLUMN statuses;
ALTER TABLE account DROP COLUMN verified;
ALTER TABLE account DROP COLUMN avatar_url;
ALTER TABLE account DROP COLUMN observed_at;
ALTER TABLE account DROP COLUMN seen;

-- Every value of a field by which people know an account, once there was more than one.
CREATE TABLE profile_value (
    account_id INTEGER NOT NULL REFERENCES account (id),
    field      INTEGER NOT NULL,
    value      TEXT NOT NULL,
    import_id  INTEGER NOT NULL,
    PRIMARY KEY (account_id, field, value, import_id)
) STRICT, WITHOUT ROWID;

-- What an object is known to be. A synthetic one has a key that was made of its author and its text.
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

ALTER TABLE object DROP COLUMN author_id;
ALTER TABLE object DROP COLUMN created_at;
ALTER TABLE object DROP COLUMN text;
ALTER TABLE object ADD COLUMN synthetic INTEGER NOT NULL DEFAULT 0;

-- Languages and programs: few words that many posts have.
CREATE TABLE word (
    id   INTEGER PRIMARY KEY,
    text TEXT NOT NULL UNIQUE
) STRICT;

ALTER TABLE post RENAME TO old_post;
CREATE TABLE post (
    platform_id TEXT NOT NULL,
    import_id   INTEGER NOT NULL,
    account_id  INTEGER NOT NULL REFERENCES account (id),
    created_at  INTEGER,
    text        TEXT,
    language_id INTEGER REFERENCES word (id),
    client_id   INTEGER REFERENCES word (id),
    PRIMARY KEY (platform_id, import_id)
) STRICT, WITHOUT ROWID;
INSERT INTO post SELECT platform_id, 0, account_id, created_at, text, NULL, NULL FROM old_post;
DROP TABLE old_post;

-- post tells shares apart whose posts may be deleted: a hash of the post's id, 0 where no export tells of deletions.
ALTER TABLE share RENAME TO old_share;
CREATE TABLE share (
    kind       INTEGER NOT NULL,
    object_id  INTEGER NOT NULL REFERENCES object (id),
    account_id INTEGER NOT NULL REFERENCES account (id),
    import_id  INTEGER NOT NULL,
    post       INTEGER NOT NULL,
    at         INTEGER,
    PRIMARY KEY (kind, object_id, account_id, import_id, post)
) STRICT, WITHOUT ROWID;
INSERT INTO share SELECT kind, object_id, account_id, 0, 0, at FROM old_share;
DROP TABLE old_share;

-- Posts that their authors deleted: they stay away in whatever order files are imported.
CREATE TABLE deletion (
    platform_id TEXT NOT NULL,
    import_id   INTEGER NOT NULL,
    PRIMARY KEY (platform_id, import_id)
) STRICT, WITHOUT ROWID;
