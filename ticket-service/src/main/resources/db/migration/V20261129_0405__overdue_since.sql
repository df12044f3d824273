-- Since when a ticket is overdue as a whole, whatever is due of it next; told with what is due from
-- here on. Few are: they have an index of their own, in the order of what is due.
ALTER TABLE ticket_due ADD COLUMN overdue_since timestamptz;
CREATE INDEX ticket_due_overdue ON ticket_due
    (due_at, ticket_id, tier, territory, served_by, overdue_since)
    WHERE overdue_since IS NOT NULL;
