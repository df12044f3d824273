-- Since when the tickets that are there wait, when they were last reopened, and when the customers of
-- those talked to us that called: as their log tells it, not when the calls were told of.
WITH told AS (
    SELECT key::uuid AS ticket_id, sequence, type, payload FROM event_log
    WHERE topic = 'tickets' AND type IN ('WaitingStarted', 'TicketReopened')
),
last AS (
    SELECT DISTINCT ON (ticket_id, type) ticket_id, type, payload -> 'at' AS at FROM told
    ORDER BY ticket_id, type, sequence DESC
),
since AS (
    SELECT ticket_id,
        max(at #>> '{}') FILTER (WHERE type = 'WaitingStarted') AS waiting,
        max(at #>> '{}') FILTER (WHERE type = 'TicketReopened') AS reopened
    FROM last GROUP BY ticket_id
)
UPDATE ticket SET state =
    CASE WHEN ticket.status = 'MERGED' AND state #>> '{merge,waitingReason}' IS NOT NULL
        THEN jsonb_set(state, '{merge,waitingSince}', to_jsonb(since.waiting)) ELSE state END
    || jsonb_build_object(
        'waitingSince', CASE WHEN ticket.status = 'WAITING' THEN since.waiting END,
        'reopenedAt', since.reopened)
FROM since WHERE ticket.id = since.ticket_id;

WITH told AS (
    SELECT ticket.id AS ticket_id, sequence, type, payload, (payload ->> 'at')::timestamptz AS at,
        ticket.created, (ticket.created ->> 'at')::timestamptz AS created_at
    FROM ticket JOIN event_log ON topic = 'tickets' AND key = ticket.id::text
    WHERE EXISTS (
        SELECT FROM event_log AS call
        WHERE call.topic = 'tickets' AND call.key = ticket.id::text
            AND call.type = 'ContactRecorded' AND call.payload ->> 'outcome' = 'ANSWERED')
),
contact AS (
    SELECT *, coalesce(nullif(payload -> 'endedAt', 'null'), payload -> 'startedAt') AS until
    FROM told WHERE type = 'ContactRecorded' AND payload ->> 'outcome' = 'ANSWERED'
),
answered AS (
    SELECT ticket_id, sequence,
        CASE WHEN at = created_at OR (until #>> '{}')::timestamptz >= at
            THEN payload -> 'at' ELSE until END AS at
    FROM contact WHERE at = created_at OR (until #>> '{}')::timestamptz >= created_at
),
tells AS (
    SELECT ticket_id, sequence, payload -> 'at' AS at, payload ->> 'agent' AS by, false AS is_contact,
        type = 'MessageSent' OR payload ->> 'outcome' = 'REACHED' AS is_message
    FROM told
    WHERE type = 'MessageSent'
        OR type = 'CallAttempted' AND payload ->> 'outcome' IN ('REACHED', 'CALL_LATER')
    UNION ALL
    SELECT ticket_id, sequence, at, (
        SELECT assigned.payload ->> 'agent' FROM event_log AS assigned
        WHERE assigned.topic = 'tickets' AND assigned.key = answered.ticket_id::text
            AND assigned.type = 'TicketAssigned' AND assigned.sequence < answered.sequence
        ORDER BY assigned.sequence DESC LIMIT 1), true, true
    FROM answered
    UNION ALL
    SELECT ticket_id, 1, created -> 'at', created ->> 'takenBy', false, true
    FROM told
    WHERE sequence = 1 AND created ->> 'takenBy' IS NOT NULL
        AND created ->> 'channel' IN ('PHONE', 'CHAT')
),
reopened AS (
    SELECT ticket_id, max(sequence) AS sequence, max(at) AS at FROM told
    WHERE type = 'TicketReopened' GROUP BY ticket_id
),
message AS (
    SELECT DISTINCT ON (tells.ticket_id) tells.ticket_id,
        jsonb_build_object('MESSAGE', jsonb_build_object('by', tells.by, 'at', tells.at)) AS deed
    FROM tells LEFT JOIN reopened USING (ticket_id)
    WHERE tells.is_message AND (reopened.sequence IS NULL
        OR CASE WHEN tells.is_contact THEN (tells.at #>> '{}')::timestamptz >= reopened.at
            ELSE tells.sequence > reopened.sequence END)
    ORDER BY tells.ticket_id, (tells.at #>> '{}')::timestamptz DESC, tells.sequence DESC
),
spoken AS (
    SELECT DISTINCT ON (ticket_id) ticket_id, at FROM tells WHERE sequence > 1
    ORDER BY ticket_id, (at #>> '{}')::timestamptz DESC, sequence DESC
),
caller AS (SELECT DISTINCT ticket_id FROM contact)
UPDATE ticket SET state = jsonb_set(
    jsonb_set(state, '{talk,toldAt}', coalesce(spoken.at, 'null')),
    '{work,deeds}', ((state #> '{work,deeds}') - 'MESSAGE') || coalesce(message.deed, '{}'))
FROM caller
LEFT JOIN spoken USING (ticket_id)
LEFT JOIN message USING (ticket_id)
WHERE ticket.id = caller.ticket_id;

-- The customers of what is merged may have called about it since, or written.
WITH heard AS (
    SELECT ticket.id AS ticket_id, one.ordinal, one.absorbed,
        bool_or(event.type IN ('MessageReceived', 'TicketUrged')) AS answered,
        (array_agg(event.payload -> 'startedAt'
            ORDER BY (event.payload ->> 'startedAt')::timestamptz DESC)
            FILTER (WHERE event.type = 'ContactRecorded'))[1] AS called
    FROM ticket
    CROSS JOIN jsonb_array_elements(state -> 'absorbed') WITH ORDINALITY AS one (absorbed, ordinal)
    LEFT JOIN event_log AS event ON event.topic = 'tickets' AND event.key = ticket.id::text
        AND event.sequence > (
            SELECT max(merging.sequence) FROM event_log AS merging
            WHERE merging.topic = 'tickets' AND merging.key = ticket.id::text
                AND merging.type = 'TicketAbsorbed'
                AND merging.payload ->> 'mergedTicket' = one.absorbed ->> 'ticketId')
    WHERE jsonb_typeof(state -> 'absorbed') = 'array'
    GROUP BY ticket.id, one.ordinal, one.absorbed
),
merged AS (
    SELECT ticket_id,
        jsonb_agg(absorbed || jsonb_build_object(
            'answered', coalesce(answered, false), 'calledAt', called) ORDER BY ordinal) AS absorbed
    FROM heard GROUP BY ticket_id
)
UPDATE ticket SET state = jsonb_set(state, '{absorbed}', merged.absorbed)
FROM merged WHERE ticket.id = merged.ticket_id;
