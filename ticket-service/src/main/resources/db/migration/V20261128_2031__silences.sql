-- How the customers of the tickets that are there were tried since they were last reached or came to
-- us, as the log tells it.
WITH told AS (
    SELECT key::uuid AS ticket_id, sequence, type, payload,
        type IN ('MessageReceived', 'TicketUrged', 'SurveyAnswered')
            OR type = 'ContactRecorded' AND payload ->> 'outcome' = 'ANSWERED'
            OR type = 'CallAttempted' AND payload ->> 'outcome' IN ('REACHED', 'CALL_LATER')
            AS ends_silence
    FROM event_log WHERE topic = 'tickets'
),
silent AS (
    SELECT ticket_id, coalesce(max(sequence) FILTER (WHERE ends_silence), 0) AS since
    FROM told GROUP BY ticket_id
),
tried AS (
    SELECT ticket_id,
        count(*) FILTER (WHERE type = 'MessageSent') AS messages,
        coalesce(jsonb_agg(payload -> 'at' ORDER BY sequence)
            FILTER (WHERE type = 'CallAttempted'), '[]') AS calls
    FROM told JOIN silent USING (ticket_id) WHERE sequence > since GROUP BY ticket_id
)
UPDATE ticket SET state = jsonb_set(state, '{talk}',
    CASE WHEN jsonb_typeof(state -> 'talk') = 'object'
        THEN state -> 'talk' ELSE '{"contacts": [], "calls": []}' END
    || jsonb_build_object('silence', jsonb_build_object('messages', tried.messages,
        'calls', jsonb_path_query_array(tried.calls, '$[last - 29 to last]'))))
FROM tried WHERE ticket.id = tried.ticket_id;
