-- A line may be about a carrier that looks for a parcel.
ALTER TABLE policy_rule ADD COLUMN search boolean;
ALTER TABLE policy_rule DROP CONSTRAINT policy_rule_once;
ALTER TABLE policy_rule ADD CONSTRAINT policy_rule_once UNIQUE NULLS NOT DISTINCT
    (version, clock, authority, waiting, search, major, kind, priority, channel, vip, tier);
