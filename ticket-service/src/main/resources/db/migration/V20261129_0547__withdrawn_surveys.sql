-- Nobody is asked about what was closed as no solution: nor about what was before that was so.
UPDATE ticket SET state = jsonb_set(state, '{survey,withdrawnAt}', payload -> 'at')
FROM event_log
WHERE topic = 'tickets' AND key = ticket.id::text AND type = 'TicketClosed'
    AND payload ->> 'reason' IN ('WITHDRAWN', 'UNREACHABLE', 'DUPLICATE', 'INVALID')
    AND ticket.status = 'CLOSED' AND jsonb_typeof(state -> 'survey') = 'object';

UPDATE delivery SET outcome = 'WITHDRAWN', ended_at = clock_timestamp()
FROM ticket
WHERE ticket.id = delivery.ticket_id AND delivery.outcome IS NULL
    AND delivery.kind IN ('SURVEY', 'SOLVED', 'NO_REPLY') AND ticket.status = 'CLOSED'
    AND (SELECT payload ->> 'reason' FROM event_log
         WHERE topic = 'tickets' AND key = ticket.id::text AND type = 'TicketClosed')
        IN ('WITHDRAWN', 'UNREACHABLE', 'DUPLICATE', 'INVALID');
