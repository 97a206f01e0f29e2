-- `activities` holds 20 bytes for each account id: after what it held, posts that are retweets. What was counted and linked
-- before did not know authors whom other records name.
DELETE FROM counted;
DELETE FROM cached_link;
DELETE FROM linking;
