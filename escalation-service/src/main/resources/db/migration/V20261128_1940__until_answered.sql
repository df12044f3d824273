-- An authority's deadline runs on until its answer is filed; it never rested. What was stopped by a resolution goes on
-- as it was due, and is looked at now: warned of, or overdue. One whose answer is filed refuses to climb.
UPDATE clock SET state = 'RUNNING', remaining_us = NULL, ended_at = NULL, pauses = pauses - (-1),
    fires_at = clock_timestamp()
FROM ticket
WHERE ticket.id = ticket_id AND ticket.state = 'RESOLVED'
    AND (ticket.authority IS NOT NULL OR ticket.major = 'REGULATOR')
    AND clock.kind = 'RESOLUTION' AND clock.state = 'STOPPED' AND clock.remaining_us IS NOT NULL;
