-- A ticket that is offered again is its agent's until it takes the other choice: two carry it meanwhile.
ALTER TABLE reservation DROP CONSTRAINT reservation_pkey, ADD PRIMARY KEY (ticket_id, agent);
CREATE UNIQUE INDEX reservation_proposed ON reservation (ticket_id) WHERE state = 'RESERVED';
