-- Which layers an import was read for, by their names: a layer that comes later knows by itself what lacks it. Before imports
-- told how they were read, other layers than the first may have been read or not.
ALTER TABLE import ADD COLUMN layers TEXT NOT NULL DEFAULT '';
UPDATE import SET layers =
    CASE reading WHEN 0 THEN 'co-retweet' ELSE 'co-retweet co-link co-hashtag co-reply co-quote co-text' END;
