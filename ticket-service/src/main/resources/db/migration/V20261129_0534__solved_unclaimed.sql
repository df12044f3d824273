-- Whether what is solved was claimed at its tier before that, as its log tells it.
UPDATE ticket SET state = state || '{"solvedUnclaimed": true}'
WHERE tier >= 2 AND status = 'RESOLVED' AND (
    SELECT type FROM event_log
    WHERE topic = 'tickets' AND key = ticket.id::text
        AND type IN ('TicketEscalated', 'TicketAssigned', 'TicketReopened')
    ORDER BY sequence DESC LIMIT 1) = 'TicketEscalated';
