-- An action says something of the label (1), of the note (2) or of both (3): what it says nothing of stays as it is, so that
-- two programs that tag at once lose nothing of each other. Of earlier actions that is what they changed.
DROP VIEW current_tag;
DROP TRIGGER tag_event_is_never_changed;
ALTER TABLE tag_event ADD COLUMN fields INTEGER NOT NULL DEFAULT 0;
UPDATE tag_event SET fields = (label_before IS NOT label) + 2 * (note_before IS NOT note);

CREATE TRIGGER tag_event_is_never_changed BEFORE UPDATE ON tag_event
BEGIN SELECT RAISE(ABORT, 'the tag log is append-only'); END;

CREATE VIEW current_tag AS
SELECT latest.account_id, l.label, n.note, b.at
FROM (SELECT account_id,
             max(CASE WHEN fields & 1 THEN batch END) AS label_batch,
             max(CASE WHEN fields & 2 THEN batch END) AS note_batch,
             max(CASE WHEN fields THEN batch END) AS batch
      FROM tag_event GROUP BY account_id) latest
LEFT JOIN tag_event l ON l.batch = latest.label_batch AND l.account_id = latest.account_id
LEFT JOIN tag_event n ON n.batch = latest.note_batch AND n.account_id = latest.account_id
JOIN tag_batch b ON b.number = latest.batch
WHERE l.label IS NOT NULL OR n.note IS NOT NULL;
