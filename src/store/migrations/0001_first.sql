-- Times are milliseconds since 1970 in UTC, NULL where unknown. Platform ids are text.

CREATE TABLE meta (
    name  TEXT PRIMARY KEY,
    value INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

INSERT INTO meta VALUES ('data_version', 0);

CREATE TABLE input (
    id          INTEGER PRIMARY KEY,
    sha256      TEXT NOT NULL UNIQUE,
    path        TEXT NOT NULL,
    bytes       INTEGER NOT NULL,
    format      TEXT NOT NULL,
    imported_at INTEGER NOT NULL,
    records     INTEGER NOT NULL,
    skipped     INTEGER NOT NULL
) STRICT;

CREATE TABLE skipped_line (
    input_id INTEGER NOT NULL REFERENCES input (id),
    line     INTEGER NOT NULL,
    reason   TEXT NOT NULL,
    PRIMARY KEY (input_id, line)
) STRICT, WITHOUT ROWID;

CREATE TABLE avatar (
    id               INTEGER PRIMARY KEY,
    sha256           BLOB NOT NULL UNIQUE,
    pdq              BLOB NOT NULL,
    quality          INTEGER NOT NULL,
    width            INTEGER NOT NULL,
    height           INTEGER NOT NULL,
    thumbnail_width  INTEGER NOT NULL,
    thumbnail_height INTEGER NOT NULL,
    thumbnail        BLOB NOT NULL
) STRICT;

-- seen holds, for each profile field in turn, when its value was seen: 8 bytes each, little-endian.
CREATE TABLE account (
    id          INTEGER PRIMARY KEY,
    platform_id TEXT NOT NULL UNIQUE,
    handle      TEXT,
    name        TEXT,
    bio         TEXT,
    location    TEXT,
    created_at  INTEGER,
    followers   INTEGER,
    following   INTEGER,
    statuses    INTEGER,
    verified    INTEGER,
    avatar_url  TEXT,
    observed_at INTEGER,
    seen        BLOB,
    avatar_id   INTEGER REFERENCES avatar (id)
) STRICT;

-- What accounts can share. The kind names the layer; its codes are those of the model.
CREATE TABLE object (
    id         INTEGER PRIMARY KEY,
    kind       INTEGER NOT NULL,
    key        TEXT NOT NULL,
    author_id  INTEGER REFERENCES account (id),
    created_at INTEGER,
    text       TEXT,
    UNIQUE (kind, key)
) STRICT;

-- One tree and not two: nothing refers to a post by a number.
CREATE TABLE post (
    platform_id TEXT PRIMARY KEY,
    account_id  INTEGER NOT NULL REFERENCES account (id),
    created_at  INTEGER,
    text        TEXT
) STRICT, WITHOUT ROWID;

-- One row for each account and object; of repeats the earliest time.
CREATE TABLE share (
    kind       INTEGER NOT NULL,
    object_id  INTEGER NOT NULL REFERENCES object (id),
    account_id INTEGER NOT NULL REFERENCES account (id),
    at         INTEGER,
    PRIMARY KEY (kind, object_id, account_id)
) STRICT, WITHOUT ROWID;

-- The tag log: append-only, so that undo, audit and a second rater cost nothing.
CREATE TABLE tag_batch (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    kind   TEXT NOT NULL CHECK (kind IN ('apply', 'undo', 'redo')),
    of     INTEGER REFERENCES tag_batch (number),
    source TEXT NOT NULL CHECK (source IN ('interface', 'command-line')),
    at     INTEGER NOT NULL
) STRICT;

CREATE TABLE tag_event (
    batch        INTEGER NOT NULL REFERENCES tag_batch (number),
    account_id   INTEGER NOT NULL REFERENCES account (id),
    label_before TEXT,
    note_before  TEXT,
    label        TEXT,
    note         TEXT,
    PRIMARY KEY (batch, account_id)
) STRICT, WITHOUT ROWID;

CREATE INDEX tag_event_by_account ON tag_event (account_id, batch);

CREATE TRIGGER tag_batch_is_never_changed BEFORE UPDATE ON tag_batch
BEGIN SELECT RAISE(ABORT, 'the tag log is append-only'); END;
CREATE TRIGGER tag_batch_is_never_deleted BEFORE DELETE ON tag_batch
BEGIN SELECT RAISE(ABORT, 'the tag log is append-only'); END;
CREATE TRIGGER tag_event_is_never_changed BEFORE UPDATE ON tag_event
BEGIN SELECT RAISE(ABORT, 'the tag log is append-only'); END;
CREATE TRIGGER tag_event_is_never_deleted BEFORE DELETE ON tag_event
BEGIN SELECT RAISE(ABORT, 'the tag log is append-only'); END;

CREATE VIEW current_tag AS
SELECT e.account_id, e.label, e.note, b.at
FROM tag_event e JOIN tag_batch b ON b.number = e.batch
WHERE e.batch = (SELECT max(l.batch) FROM tag_event l WHERE l.account_id = e.account_id)
  AND (e.label IS NOT NULL OR e.note IS NOT NULL);
