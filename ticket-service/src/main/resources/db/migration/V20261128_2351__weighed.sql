-- How far it had come with the tickets that are there while they were complaints, as their log tells
-- it: what has made one press does not do so again. Of those that never turned out otherwise their
-- state tells.
WITH told AS (
    SELECT key::uuid AS ticket_id, sequence, type, payload FROM event_log
    WHERE topic = 'tickets'
        AND type IN ('TicketCreated', 'FactsChanged', 'ContactRecorded', 'TicketReopened',
            'PromiseBroken', 'PromiseMade')
        AND key IN (SELECT key FROM event_log WHERE topic = 'tickets' AND type = 'FactsChanged')
),
complained AS (
    SELECT ticket_id, max(sequence) AS last, max((payload ->> 'claim')::numeric) AS claim
    FROM told WHERE payload ->> 'kind' = 'COMPLAINT' GROUP BY ticket_id
),
complaint AS (
    SELECT complained.ticket_id, complained.claim, min(told.sequence) AS until
    FROM complained LEFT JOIN told ON told.ticket_id = complained.ticket_id
        AND told.type = 'FactsChanged' AND told.sequence > complained.last
    GROUP BY complained.ticket_id, complained.claim
),
counted AS (
    SELECT complaint.ticket_id, complaint.claim,
        count(*) FILTER (WHERE type = 'ContactRecorded') AS contacts,
        count(*) FILTER (WHERE type = 'TicketReopened') AS reopenings,
        count(*) FILTER (WHERE type = 'PromiseBroken' AND NOT EXISTS (
            SELECT FROM told AS made
            WHERE made.ticket_id = told.ticket_id AND made.type = 'PromiseMade'
                AND made.payload ->> 'promiseId' = told.payload ->> 'promiseId'
                AND made.payload ->> 'purpose' = 'MAJOR_CHECK')) AS broken_promises
    FROM complaint JOIN told ON told.ticket_id = complaint.ticket_id
        AND (complaint.until IS NULL OR told.sequence < complaint.until)
    GROUP BY complaint.ticket_id, complaint.claim
)
UPDATE ticket SET state = jsonb_set(state, '{weighed}', jsonb_build_object(
    'strain', jsonb_build_object('contacts', counted.contacts, 'reopenings', counted.reopenings,
        'brokenPromises', counted.broken_promises),
    'claim', counted.claim))
FROM counted WHERE ticket.id = counted.ticket_id;
