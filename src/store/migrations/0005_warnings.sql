-- What is odd about a file as a whole, in words for the user and in their order.
CREATE TABLE warning (
    import_id INTEGER NOT NULL REFERENCES import (id) ON DELETE CASCADE,
    place     INTEGER NOT NULL,
    text      TEXT NOT NULL,
    PRIMARY KEY (import_id, place)
) STRICT, WITHOUT ROWID;
