-- When the customers of the tickets that are there were last told something, as the log tells it.
UPDATE ticket SET state = jsonb_set(state, '{talk}', jsonb_build_object(
    'toldAt', told.at, 'contacts', '[]'::jsonb, 'calls', '[]'::jsonb))
FROM (
    SELECT DISTINCT ON (key) key::uuid AS ticket_id, payload ->> 'at' AS at FROM event_log
    WHERE topic = 'tickets' AND type = 'MessageSent' ORDER BY key, sequence DESC
) AS told
WHERE ticket.id = told.ticket_id AND jsonb_typeof(state -> 'talk') IS DISTINCT FROM 'object';
