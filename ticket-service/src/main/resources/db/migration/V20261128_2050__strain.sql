-- How often happened to the tickets that are there what shows that they go badly, as their log
-- tells it.
UPDATE ticket SET state = jsonb_set(state, '{strain}', jsonb_build_object(
    'contacts', told.contacts, 'reopenings', told.reopenings,
    'brokenPromises', told.broken_promises))
FROM (
    SELECT key::uuid AS ticket_id,
        count(*) FILTER (WHERE type = 'ContactRecorded') AS contacts,
        count(*) FILTER (WHERE type = 'TicketReopened') AS reopenings,
        count(*) FILTER (WHERE type = 'PromiseBroken') AS broken_promises
    FROM event_log
    WHERE topic = 'tickets' AND type IN ('ContactRecorded', 'TicketReopened', 'PromiseBroken')
    GROUP BY key
) AS told
WHERE ticket.id = told.ticket_id;
