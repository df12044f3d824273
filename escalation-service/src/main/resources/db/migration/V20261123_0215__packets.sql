-- What the next tier needs to know, of those who asked for it.
ALTER TABLE escalation ADD COLUMN packet jsonb;
