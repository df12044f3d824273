-- Who asks sees a territory's or a tier's tickets only: of a filter's index, what is elsewhere is
-- passed over in the index itself, without reading a row. Closed ones are old and open ones new, so
-- a place's own index can tell them apart as well.
LOCK TABLE ticket IN SHARE ROW EXCLUSIVE MODE;

DROP INDEX ticket_of_status, ticket_of_kind, ticket_of_channel, ticket_of_category,
    ticket_of_priority, ticket_of_tier, ticket_of_territory, ticket_of_helper;
CREATE INDEX ticket_of_status ON ticket (status, created_at DESC, id DESC, tier, territory);
CREATE INDEX ticket_of_kind ON ticket (kind, created_at DESC, id DESC, tier, territory);
CREATE INDEX ticket_of_channel ON ticket (channel, created_at DESC, id DESC, tier, territory);
CREATE INDEX ticket_of_category ON ticket (category, created_at DESC, id DESC, tier, territory);
CREATE INDEX ticket_of_priority ON ticket (priority, created_at DESC, id DESC, tier, territory);
CREATE INDEX ticket_of_tier ON ticket (tier, created_at DESC, id DESC, status);
CREATE INDEX ticket_of_territory ON ticket (territory, created_at DESC, id DESC, tier, status)
    WHERE territory IS NOT NULL;
CREATE INDEX ticket_of_helper ON ticket (helped_by, created_at DESC, id DESC, tier, status)
    WHERE helped_by IS NOT NULL;

-- What is or was somebody's is anywhere: what it is looked for by stands beside it.
ALTER TABLE ticket_agent
    ADD COLUMN status    text,
    ADD COLUMN kind      text,
    ADD COLUMN channel   text,
    ADD COLUMN category  text,
    ADD COLUMN priority  text,
    ADD COLUMN tier      int,
    ADD COLUMN territory text;
UPDATE ticket_agent SET
    status = ticket.status, kind = ticket.kind, channel = ticket.channel,
    category = ticket.category, priority = ticket.priority, tier = ticket.tier,
    territory = ticket.territory
FROM ticket WHERE ticket.id = ticket_id;
ALTER TABLE ticket_agent
    ALTER COLUMN status SET NOT NULL,
    ALTER COLUMN kind SET NOT NULL,
    ALTER COLUMN channel SET NOT NULL,
    ALTER COLUMN category SET NOT NULL,
    ALTER COLUMN priority SET NOT NULL,
    ALTER COLUMN tier SET NOT NULL;
DROP INDEX ticket_agent_newest;
CREATE INDEX ticket_agent_newest ON ticket_agent
    (agent, created_at DESC, ticket_id DESC, status, kind, priority, category);

-- Where the ticket is stands beside what is due, too. Who notes what is due and who changes the
-- ticket do not wait for each other: what may have moved is noted, looked up in the ticket until
-- the place is written beside what is due, and then forgotten.
ALTER TABLE ticket_due
    ADD COLUMN tier      int,
    ADD COLUMN territory text,
    ADD COLUMN served_by text;
UPDATE ticket_due SET
    tier = ticket.tier, territory = ticket.territory, served_by = ticket.served_by
FROM ticket WHERE ticket.id = ticket_id;
DROP INDEX ticket_due_soonest;
CREATE INDEX ticket_due_soonest ON ticket_due (due_at, ticket_id, tier, territory, served_by);
CREATE TABLE ticket_moved (
    position  bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    ticket_id uuid NOT NULL
) WITH (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 2000);
