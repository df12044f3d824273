-- A call for a promise is tried again apart from the others: it may be another's to make, also when
-- the ticket is closed.
ALTER TABLE next_try ADD COLUMN about uuid;
UPDATE next_try SET about = coalesce(
    (SELECT (call ->> 'promiseId')::uuid
     FROM ticket, LATERAL jsonb_array_elements(state #> '{talk,calls}') AS call
     WHERE ticket.id = next_try.ticket_id AND call ->> 'id' = next_try.call_id::text),
    ticket_id);
ALTER TABLE next_try
    ALTER COLUMN about SET NOT NULL,
    DROP CONSTRAINT next_try_pkey,
    ADD PRIMARY KEY (ticket_id, about);
