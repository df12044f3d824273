-- The date on which tests run decides nothing.
DELETE FROM policy_rule WHERE version IN (SELECT version FROM policy WHERE valid_until IS NOT NULL);
DELETE FROM policy WHERE valid_until IS NOT NULL;
INSERT INTO policy_rule (version, clock, target_s) VALUES ('test', 'CLOSING', 1800);
