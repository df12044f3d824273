-- Of what is closed already. A customer who came back to it before goes on where they were heard then;
-- and what was over by then itself was named when nobody looked whether somebody works on it.
WITH closed AS (
    SELECT ticket.id, ticket.customer_id, (payload ->> 'at')::timestamptz AS at,
        btrim(substring(payload ->> 'explanation' FROM '(?:^|\n)ORIGINAL: ([^\n]+)')) AS number
    FROM ticket JOIN event_log ON topic = 'tickets' AND key = ticket.id::text
    WHERE ticket.status = 'CLOSED' AND type = 'TicketClosed'
        AND payload ->> 'reason' = 'DUPLICATE'
)
UPDATE ticket SET duplicate_of = original.id
FROM closed JOIN ticket AS original USING (number, customer_id)
WHERE ticket.id = closed.id AND original.id <> closed.id
    AND coalesce((original.state ->> 'closedAt')::timestamptz, 'infinity') > closed.at
    AND NOT EXISTS (SELECT FROM ticket AS next WHERE next.succeeds = closed.id);
