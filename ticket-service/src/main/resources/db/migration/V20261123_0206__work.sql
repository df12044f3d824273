-- What was done for the tickets that are there, as their log tells it.
WITH told AS (
    SELECT key::uuid AS ticket_id, sequence, type, payload,
        max(sequence) FILTER (WHERE type = 'TicketReopened') OVER (PARTITION BY key) AS reopened
    FROM event_log WHERE topic = 'tickets'
),
deed AS (
    SELECT ticket_id, sequence, payload ->> 'at' AS at,
        CASE type
            WHEN 'TicketAccepted' THEN 'ACCEPT'
            WHEN 'MessageSent' THEN 'MESSAGE'
            WHEN 'WaitingStarted' THEN 'AGREE'
            WHEN 'TicketResolved' THEN 'RESOLVE'
            WHEN 'ClosingRefused' THEN 'CONFIRM'
            WHEN 'TicketClosed' THEN 'CONFIRM'
        END AS deed,
        CASE WHEN type IN ('TicketAccepted', 'MessageSent', 'TicketResolved')
            THEN payload ->> 'agent' END AS by
    FROM told
    WHERE type = 'TicketAccepted'
        OR sequence > coalesce(reopened, 0) AND (
            type IN ('MessageSent', 'TicketResolved')
            OR type = 'WaitingStarted' AND payload ->> 'reason' = 'AGREED'
            OR type IN ('ClosingRefused', 'TicketClosed')
                AND payload ->> 'reason' IN ('CONFIRMED', 'NO_OBJECTION'))
    UNION ALL
    SELECT ticket_id, sequence, payload ->> 'at', 'CLOSE', NULL FROM told
    WHERE type = 'TicketClosed'
),
last AS (
    SELECT DISTINCT ON (ticket_id, deed) ticket_id, deed, at, by FROM deed
    ORDER BY ticket_id, deed, sequence DESC
),
deeds AS (
    SELECT ticket_id, jsonb_object_agg(deed, jsonb_build_object('by', by, 'at', at)) AS deeds
    FROM last GROUP BY ticket_id
),
counted AS (
    SELECT ticket_id, count(*) FILTER (WHERE type = 'MessageSent') AS messages,
        max((payload ->> 'toTier')::int) FILTER (WHERE type = 'TicketEscalated') AS tier
    FROM told GROUP BY ticket_id
)
UPDATE ticket SET state = jsonb_set(state, '{work}', jsonb_build_object(
    'deeds', coalesce(deeds.deeds, '{}'), 'steps', '[]'::jsonb, 'calls', '[]'::jsonb,
    'messages', counted.messages,
    'topTier', greatest((created ->> 'tier')::int, counted.tier)))
FROM counted LEFT JOIN deeds USING (ticket_id)
WHERE ticket.id = counted.ticket_id;
