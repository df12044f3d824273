-- Whether those that are merged are major was still to be found out then, as their log tells it.
WITH told AS (
    SELECT ticket.id AS ticket_id, sequence, type, payload,
        max(sequence) FILTER (WHERE type = 'TicketMerged') OVER (PARTITION BY key) AS merged
    FROM ticket JOIN event_log ON topic = 'tickets' AND key = ticket.id::text
    WHERE ticket.status = 'MERGED'
),
last AS (
    SELECT DISTINCT ON (ticket_id) * FROM told
    WHERE sequence < merged
        AND (type IN ('MajorProposed', 'MajorRefused', 'TicketMerged')
            OR type = 'FactsChanged' AND payload ->> 'major' IS NOT NULL)
    ORDER BY ticket_id, sequence DESC
)
UPDATE ticket SET state = jsonb_set(state, '{merge,question}', jsonb_build_object(
    'id', last.payload -> 'proposalId', 'major', last.payload -> 'major',
    'word', last.payload -> 'word', 'at', last.payload -> 'at'))
FROM last WHERE ticket.id = last.ticket_id AND last.type = 'MajorProposed';
