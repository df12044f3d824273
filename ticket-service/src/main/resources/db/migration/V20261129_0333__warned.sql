-- How much of the time of what is due first was warned of.
ALTER TABLE ticket_due ADD COLUMN percent int;

-- Who leads the last tier while they are on duty; unknown until routing-service tells of them again.
ALTER TABLE agent ADD COLUMN level text;
