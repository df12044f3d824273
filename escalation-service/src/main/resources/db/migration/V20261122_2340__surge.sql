-- When climbs to a tier with a long line are put off: all absent in a version without a guard.
ALTER TABLE policy
    ADD COLUMN surge_hours   integer,
    ADD COLUMN surge_least   integer,
    ADD COLUMN surge_defer_s integer,
    ADD CONSTRAINT surge_whole CHECK (num_nulls(surge_hours, surge_least, surge_defer_s) IN (0, 3));

-- The last climb that was put off.
ALTER TABLE ticket
    ADD COLUMN deferred_stay  integer,
    ADD COLUMN deferred_to    integer,
    ADD COLUMN deferred_until timestamptz;

CREATE INDEX escalation_claimed_at ON escalation (to_tier, claimed_at) WHERE claimed_at IS NOT NULL;
