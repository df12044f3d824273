-- Whether the ticket waits, so that its agent carries little of it. Weight does not tell: the ticket may turn out to be
-- other work meanwhile. Whom it is proposed to keeps room for the whole.
ALTER TABLE reservation ADD COLUMN rests boolean NOT NULL DEFAULT false CHECK (NOT rests OR state = 'CONFIRMED');

UPDATE reservation SET rests = true FROM ticket
WHERE ticket.id = ticket_id AND state = 'CONFIRMED' AND reservation.points < ticket.points;

UPDATE reservation SET points = ticket.points FROM ticket WHERE ticket.id = ticket_id AND state = 'RESERVED';
