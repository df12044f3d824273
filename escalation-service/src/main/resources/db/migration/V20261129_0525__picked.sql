-- Whether a leader preferred what was claimed to what came before it; NULL: claimed before that was on record.
ALTER TABLE escalation ADD COLUMN claimed_picked boolean;
