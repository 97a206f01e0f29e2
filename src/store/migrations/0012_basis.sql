-- What linked the accounts when they were tagged: without it nobody knows later on what a tag stands on. Undo and redo have
-- none of their own, and of earlier actions it is not known.
CREATE TABLE basis (
    id         INTEGER PRIMARY KEY,
    parameters TEXT NOT NULL UNIQUE
) STRICT;

ALTER TABLE tag_batch ADD COLUMN basis INTEGER REFERENCES basis (id);

-- How the interface was left, so that it opens like that again and commands count the same. No part of the data: its version
-- says nothing of it.
CREATE TABLE view (
    name  TEXT PRIMARY KEY,
    value TEXT NOT NULL
) STRICT, WITHOUT ROWID;
