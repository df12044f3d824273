-- A complaint that came through an authority: its letter, and lines about whom it came through.
ALTER TABLE ticket ADD COLUMN authority jsonb;
ALTER TABLE policy_rule
    ADD COLUMN authority     text,
    ADD COLUMN from_next_day boolean NOT NULL DEFAULT false;
ALTER TABLE policy_rule DROP CONSTRAINT policy_rule_once;
ALTER TABLE policy_rule ADD CONSTRAINT policy_rule_once UNIQUE NULLS NOT DISTINCT
    (version, clock, authority, waiting, major, kind, priority, channel, vip, tier);
