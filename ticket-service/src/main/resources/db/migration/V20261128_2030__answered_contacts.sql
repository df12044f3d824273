-- Who called and was answered was told something by that, as the log of the tickets that are there
-- tells it.
WITH told AS (
    SELECT key::uuid AS ticket_id, sequence, type, payload,
        max(sequence) FILTER (WHERE type = 'TicketReopened') OVER of_ticket AS reopened,
        max(sequence) FILTER (WHERE type = 'MessageSent'
            OR type = 'CallAttempted' AND payload ->> 'outcome' = 'REACHED') OVER of_ticket
            AS messaged,
        max(sequence) FILTER (WHERE type = 'MessageSent'
            OR type = 'CallAttempted' AND payload ->> 'outcome' IN ('REACHED', 'CALL_LATER'))
            OVER of_ticket AS told
    FROM event_log WHERE topic = 'tickets' WINDOW of_ticket AS (PARTITION BY key)
),
answered AS (
    SELECT DISTINCT ON (ticket_id) * FROM told
    WHERE type = 'ContactRecorded' AND payload ->> 'outcome' = 'ANSWERED'
    ORDER BY ticket_id, sequence DESC
)
UPDATE ticket SET state = jsonb_set(
    CASE WHEN answered.sequence > coalesce(answered.told, 0)
        THEN jsonb_set(state, '{talk,toldAt}', answered.payload -> 'at') ELSE state END,
    '{work,deeds}',
    CASE WHEN answered.sequence > greatest(answered.reopened, answered.messaged, 0)
        THEN (state #> '{work,deeds}') || jsonb_build_object('MESSAGE', jsonb_build_object(
            'by', (
                SELECT assigned.payload ->> 'agent' FROM told AS assigned
                WHERE assigned.ticket_id = answered.ticket_id
                    AND assigned.type = 'TicketAssigned'
                    AND assigned.sequence < answered.sequence
                ORDER BY assigned.sequence DESC LIMIT 1),
            'at', answered.payload -> 'at'))
        ELSE state #> '{work,deeds}' END)
FROM answered WHERE ticket.id = answered.ticket_id;
