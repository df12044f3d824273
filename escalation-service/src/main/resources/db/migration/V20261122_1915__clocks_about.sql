-- Of which promise a clock is; each has one.
ALTER TABLE clock ADD COLUMN about uuid;
CREATE UNIQUE INDEX clock_about ON clock (ticket_id, kind, about) WHERE about IS NOT NULL;
