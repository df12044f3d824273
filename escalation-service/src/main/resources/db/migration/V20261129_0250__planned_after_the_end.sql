-- What becomes of a suggestion is promised for a day that may be long after the end of its ticket, whose closing stopped
-- the clock. It goes on as it was due, and is looked at now: warned of, or overdue. Such a promise has its id from its
-- ticket and the stay in which that was solved; of one that has ended otherwise the ticket says nothing.
WITH planned AS (
    SELECT clock.ticket_id, clock.number, md5('planned:' || ticket.id || ':' || ticket.stay) AS name
    FROM clock JOIN ticket ON ticket.id = clock.ticket_id
    WHERE ticket.state = 'CLOSED' AND clock.kind = 'PROMISE' AND clock.state = 'STOPPED' AND clock.stay = ticket.stay
)
UPDATE clock SET state = 'RUNNING', ended_at = NULL, fires_at = clock_timestamp()
FROM planned
WHERE clock.ticket_id = planned.ticket_id AND clock.kind = 'PROMISE' AND clock.number = planned.number
    AND clock.about = overlay(
        overlay(name PLACING '3' FROM 13)
        PLACING to_hex(('x' || substr(name, 17, 1))::bit(4)::int & 3 | 8) FROM 17)::uuid;
