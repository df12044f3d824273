-- What customers asked that they were not answered since, by when they did. Of older tickets only
-- the clock tells it that runs for it, stands still with its ticket, or rings.
ALTER TABLE ticket ADD COLUMN asked jsonb NOT NULL DEFAULT '[]';

UPDATE ticket
SET asked = unanswered.asked
FROM (
    SELECT
        ticket_id,
        jsonb_agg(
            to_char(started_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')
            ORDER BY started_at
        ) AS asked
    FROM clock
    WHERE kind = 'NEXT_RESPONSE'
        AND (state IN ('RUNNING', 'MERGED') OR state = 'ELAPSED' AND fires_at IS NOT NULL)
    GROUP BY ticket_id
) AS unanswered
WHERE id = unanswered.ticket_id;
