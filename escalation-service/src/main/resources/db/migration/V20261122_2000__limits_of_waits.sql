-- A line may be about one reason to wait.
ALTER TABLE policy_rule ADD COLUMN waiting text;
ALTER TABLE policy_rule DROP CONSTRAINT policy_rule_once;
ALTER TABLE policy_rule ADD CONSTRAINT policy_rule_once
    UNIQUE NULLS NOT DISTINCT (version, clock, waiting, major, kind, priority, channel, vip, tier);
