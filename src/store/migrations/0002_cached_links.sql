-- Links that were computed, by what they depend on; a result of other data than the present one is never used again.
CREATE TABLE linking (
    id           INTEGER PRIMARY KEY,
    parameters   TEXT NOT NULL UNIQUE,
    data_version INTEGER NOT NULL,
    used         INTEGER NOT NULL
) STRICT;

-- same_file and distance speak of the pictures; kept says whether shared targets alone keep the pair.
CREATE TABLE cached_link (
    linking_id    INTEGER NOT NULL REFERENCES linking (id) ON DELETE CASCADE,
    a             INTEGER NOT NULL REFERENCES account (id),
    b             INTEGER NOT NULL REFERENCES account (id),
    kept          INTEGER NOT NULL,
    shared        INTEGER,
    shared_within INTEGER,
    cosine        REAL,
    binary_cosine REAL,
    median_gap_ms INTEGER,
    p             REAL,
    q             REAL,
    same_file     INTEGER,
    distance      INTEGER,
    PRIMARY KEY (linking_id, a, b)
) STRICT, WITHOUT ROWID;
