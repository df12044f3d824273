-- Whether nobody has claimed yet what climbed, as its log tells it.
UPDATE ticket SET state = state || '{"inQueue": true}'
WHERE tier >= 2 AND status NOT IN ('RESOLVED', 'CLOSED', 'CANCELLED') AND (
    SELECT type FROM event_log
    WHERE topic = 'tickets' AND key = ticket.id::text
        AND type IN ('TicketEscalated', 'TicketAssigned', 'TicketResolved', 'TicketReopened')
    ORDER BY sequence DESC LIMIT 1) = 'TicketEscalated';
