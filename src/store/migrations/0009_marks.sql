-- Tells the cache from any other one, and its present state from an earlier copy of it: a file can be written over in place.
INSERT OR IGNORE INTO meta VALUES ('identity', random()), ('tag_actions', (SELECT count(*) FROM tag_batch));
