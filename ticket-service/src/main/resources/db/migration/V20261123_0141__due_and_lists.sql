-- A copy of what escalation-service counts down to, beside the ticket: it changes often and is
-- searched by time, and the wide row of the ticket is not written again for it. No reference to the
-- ticket: checking it would wait for whoever has the ticket's lock.
CREATE TABLE ticket_due (
    ticket_id uuid PRIMARY KEY,
    due_at    timestamptz NOT NULL,
    clock     text        NOT NULL
);
INSERT INTO ticket_due (ticket_id, due_at, clock)
SELECT id, due_at, due_clock FROM ticket WHERE due_at IS NOT NULL AND due_clock IS NOT NULL;
ALTER TABLE ticket DROP COLUMN due_at, DROP COLUMN due_clock;
CREATE INDEX ticket_due_soonest ON ticket_due (due_at, ticket_id);

-- Room in each page for the row's next version, so that what moves no index stays in its page.
ALTER TABLE ticket SET (fillfactor = 85);

-- Who helps out, where another territory serves: a column, because what the planner takes for the
-- share of such tickets made it read all of a territory.
ALTER TABLE ticket ADD COLUMN helped_by text GENERATED ALWAYS AS
    (CASE WHEN served_by IS DISTINCT FROM territory THEN served_by END) STORED;
CREATE INDEX ticket_of_helper ON ticket (helped_by, created_at DESC, id DESC)
    WHERE helped_by IS NOT NULL;

-- One index for each filter of the list, in the list's order.
DROP INDEX ticket_of_territory;
DROP INDEX ticket_of_assignee;
CREATE INDEX ticket_of_status ON ticket (status, created_at DESC, id DESC);
CREATE INDEX ticket_of_kind ON ticket (kind, created_at DESC, id DESC);
CREATE INDEX ticket_of_channel ON ticket (channel, created_at DESC, id DESC);
CREATE INDEX ticket_of_category ON ticket (category, created_at DESC, id DESC);
CREATE INDEX ticket_of_priority ON ticket (priority, created_at DESC, id DESC);
CREATE INDEX ticket_of_tier ON ticket (tier, created_at DESC, id DESC);
CREATE INDEX ticket_of_territory ON ticket (territory, created_at DESC, id DESC)
    WHERE territory IS NOT NULL;
CREATE INDEX ticket_of_assignee ON ticket (assignee, created_at DESC, id DESC)
    WHERE assignee IS NOT NULL;
CREATE INDEX ticket_of_responsible ON ticket (responsible, created_at DESC, id DESC)
    WHERE responsible IS NOT NULL;

-- What is or was an agent's, in the same order.
ALTER TABLE ticket_agent ADD COLUMN created_at timestamptz;
UPDATE ticket_agent SET created_at = ticket.created_at FROM ticket WHERE ticket.id = ticket_id;
ALTER TABLE ticket_agent ALTER COLUMN created_at SET NOT NULL;
CREATE INDEX ticket_agent_newest ON ticket_agent (agent, created_at DESC, ticket_id DESC);
