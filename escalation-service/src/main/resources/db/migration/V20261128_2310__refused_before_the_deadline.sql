-- What a ticket refused to climb by while it was resolved leaves its authority's deadline in force: that raises it in
-- the same stay. One that passed since the climb was raised said nothing; it does so now.
UPDATE clock SET state = 'RUNNING', ended_at = NULL, fires_at = clock_timestamp()
FROM ticket JOIN escalation ON escalation.ticket_id = ticket.id AND escalation.raised_stay = ticket.stay
WHERE ticket.id = clock.ticket_id AND ticket.state = 'RESOLVED' AND ticket.raised_stay = ticket.stay
    AND (ticket.authority IS NOT NULL OR ticket.major = 'REGULATOR')
    AND escalation.state = 'REFUSED' AND escalation.clock IS DISTINCT FROM 'RESOLUTION'
    AND clock.kind = 'RESOLUTION' AND clock.state = 'ELAPSED' AND clock.fires_at IS NULL
    AND clock.ended_at >= escalation.raised_at;
UPDATE ticket SET raised_stay = ticket.stay - 1
FROM escalation
WHERE escalation.ticket_id = ticket.id AND escalation.raised_stay = ticket.stay AND escalation.state = 'REFUSED'
    AND ticket.state = 'RESOLVED' AND ticket.raised_stay = ticket.stay;
