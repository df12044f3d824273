INSERT INTO policy_rule (version, clock, waiting, target_s) VALUES
    ('test', 'WAITING', 'CARRIER', 3600),
    ('test', 'SURVEY',  NULL,      3600);
