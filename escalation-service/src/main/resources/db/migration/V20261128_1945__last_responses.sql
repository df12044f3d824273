-- One for each message of the customer: the last that are over stay, as after the next message of such a ticket.
DELETE FROM clock USING (
    SELECT clock.ticket_id, clock.kind, clock.number,
        row_number() OVER (PARTITION BY clock.ticket_id ORDER BY clock.number DESC) AS back
    FROM clock JOIN ticket ON ticket.id = clock.ticket_id
    WHERE ticket.state <> 'CLOSED' AND clock.kind = 'NEXT_RESPONSE'
        AND clock.state IN ('STOPPED', 'ELAPSED') AND clock.fires_at IS NULL) AS over
WHERE over.back > 5 AND clock.ticket_id = over.ticket_id AND clock.kind = over.kind AND clock.number = over.number;
