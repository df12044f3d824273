-- A letter may be taken off a ticket: that it came by one does not tell any more that it carries it. What
-- is kept of the tickets that are there says so itself from now on.
UPDATE ticket SET state = jsonb_set(state, '{facts,authority}', created -> 'authority')
WHERE created ->> 'authority' IS NOT NULL AND state #>> '{facts,authority}' IS NULL;
