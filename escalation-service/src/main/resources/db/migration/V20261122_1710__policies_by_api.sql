-- A version with an end is laid over the others while it lasts.
ALTER TABLE policy
    ADD COLUMN valid_until timestamptz CHECK (valid_until > valid_from),
    ADD COLUMN base        text REFERENCES policy,
    ADD COLUMN created_by  text NOT NULL DEFAULT 'system:escalation',
    ADD COLUMN created_at  timestamptz NOT NULL DEFAULT clock_timestamp();

ALTER TABLE policy_rule
    ADD COLUMN vip      boolean,
    ADD COLUMN calendar text NOT NULL DEFAULT 'ALWAYS';

DO $$
BEGIN
    EXECUTE (SELECT 'ALTER TABLE policy_rule DROP CONSTRAINT ' || quote_ident(conname)
        FROM pg_constraint WHERE conrelid = 'policy_rule'::regclass AND contype = 'u');
END
$$;
ALTER TABLE policy_rule ADD CONSTRAINT policy_rule_once
    UNIQUE NULLS NOT DISTINCT (version, clock, major, kind, priority, channel, vip, tier);

REVOKE UPDATE, DELETE, TRUNCATE ON policy, policy_rule FROM "${app}";

-- Why it is due then.
ALTER TABLE clock
    ADD COLUMN calendar_code    text NOT NULL DEFAULT 'ALWAYS',
    ADD COLUMN calendar_version text NOT NULL DEFAULT '2026.1',
    ADD COLUMN basis            text NOT NULL DEFAULT '';

-- That a running ticket was put under another version, which its own events do not tell.
CREATE TABLE policy_applied (
    ticket_id   uuid NOT NULL REFERENCES ticket,
    version     text NOT NULL REFERENCES policy,
    before      text NOT NULL REFERENCES policy,
    applied_by  text NOT NULL,
    applied_at  timestamptz NOT NULL,
    PRIMARY KEY (ticket_id, applied_at)
);
REVOKE UPDATE, DELETE, TRUNCATE ON policy_applied FROM "${app}";
