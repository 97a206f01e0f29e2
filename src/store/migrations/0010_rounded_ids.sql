-- Accounts (kind 0) and posts that were retweeted (1), replied to (2) or quoted (3) whose ids look rounded, as the file told
-- them. What an earlier version imported is looked at when it is imported again.
CREATE TABLE rounded (
    kind      INTEGER NOT NULL,
    row_id    INTEGER NOT NULL,
    import_id INTEGER NOT NULL,
    PRIMARY KEY (kind, row_id, import_id)
) STRICT, WITHOUT ROWID;
