-- An account is its platform and its id: equal numbers of two platforms are two accounts, and so are posts. A blank platform
-- is one that nothing told. Numbers of rows are never given again, so that nothing that waits or lies elsewhere comes to mean
-- another row: by AUTOINCREMENT, and for the two large tables, which would take long to rebuild, by the last number that was
-- given.

INSERT INTO meta SELECT 'last_object', coalesce(max(id), 0) FROM object;
INSERT INTO meta SELECT 'last_avatar', coalesce(max(id), 0) FROM avatar;

CREATE TABLE new_import (
    id          INTEGER PRIMARY KEY AUTOINCREMENT,
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
    reading     INTEGER NOT NULL,
    -- Whose accounts and posts it tells of.
    platform    TEXT NOT NULL
) STRICT;

INSERT INTO new_import
SELECT id, sha256, head, path, bytes, format, imported_at, records, skipped, reading,
    CASE WHEN format IN ('bluesky', 'mastodon') THEN format
         WHEN format IN ('twitter-v2', 'twitter-v1', 'twarc-csv', 'information-operations', 'zeeschuimer', '4cat', 'twscrape',
                         'minet') THEN 'x'
         ELSE '' END
FROM import ORDER BY id;
DROP TABLE import;
ALTER TABLE new_import RENAME TO import;

-- Tables and the like are of the only platform that other files tell of.
UPDATE import SET platform = (SELECT max(platform) FROM import)
WHERE (SELECT count(DISTINCT platform) FROM import WHERE platform <> '') = 1;

CREATE TABLE new_account (
    id          INTEGER PRIMARY KEY AUTOINCREMENT,
    platform    TEXT NOT NULL DEFAULT '',
    platform_id TEXT NOT NULL,
    avatar_id   INTEGER REFERENCES avatar (id),
    UNIQUE (platform, platform_id)
) STRICT;

-- Where the files are of several platforms, an account is of the only one whose files describe it.
INSERT INTO new_account
SELECT id,
    CASE WHEN platform_id GLOB 'did:*' THEN 'bluesky'
         WHEN (SELECT count(DISTINCT platform) FROM import) = 1 THEN (SELECT max(platform) FROM import)
         ELSE coalesce((SELECT max(i.platform) FROM profile p JOIN import i ON i.id = p.import_id
                        WHERE p.account_id = a.id AND i.platform <> ''
                        HAVING count(DISTINCT i.platform) = 1), '') END,
    platform_id, avatar_id
FROM account a ORDER BY id;
DROP TABLE account;
ALTER TABLE new_account RENAME TO account;

CREATE TABLE new_word (
    id   INTEGER PRIMARY KEY AUTOINCREMENT,
    text TEXT NOT NULL UNIQUE
) STRICT;

INSERT INTO new_word SELECT id, text FROM word ORDER BY id;
DROP TABLE word;
ALTER TABLE new_word RENAME TO word;

-- Of the platform of the post that it is; blank for links, hashtags and texts, which are the same everywhere.
ALTER TABLE object ADD COLUMN platform TEXT NOT NULL DEFAULT '';

UPDATE object SET platform =
    CASE WHEN key GLOB 'at://*' THEN 'bluesky'
         WHEN (SELECT count(DISTINCT platform) FROM import) = 1 THEN (SELECT max(platform) FROM import)
         ELSE coalesce((SELECT max(i.platform) FROM detail d JOIN import i ON i.id = d.import_id
                        WHERE d.object_id = object.id AND i.platform <> ''
                        HAVING count(DISTINCT i.platform) = 1), '') END
WHERE kind IN (1, 4, 5);
