-- What is done to running tickets piece by piece, in the order of their ids, does not read those that are over.
CREATE INDEX ticket_open ON ticket (id) WHERE state <> 'CLOSED';
