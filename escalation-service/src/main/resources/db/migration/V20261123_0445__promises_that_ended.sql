-- A promise that came to its end is the ticket's; here only the last one that was broken matters, since a merge that
-- is undone raises the ticket for it again.
ALTER TABLE ticket ADD COLUMN broken_promise_due_at timestamptz;

DELETE FROM clock USING ticket
WHERE ticket.id = ticket_id AND ticket.state <> 'CLOSED' AND clock.kind = 'PROMISE' AND clock.state = 'STOPPED';
