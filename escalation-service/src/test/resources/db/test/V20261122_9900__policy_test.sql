-- CONSULTATION runs out within seconds; everything else within the hour at the earliest.
INSERT INTO policy (version, valid_from, ring_every_s) VALUES ('test', '2026-02-01T00:00:00Z', 900);

INSERT INTO policy_rule (version, clock, kind, major, tier, target_s) VALUES
    ('test', 'FIRST_RESPONSE',  'CONSULTATION', NULL,    NULL,        1),
    ('test', 'TIER_RESPONSE',   'CONSULTATION', NULL,    NULL,        1),
    ('test', 'CONFIRMATION',    'CONSULTATION', NULL,    NULL,        1),
    ('test', 'TIER_RESOLUTION', NULL,           'MEDIA', 1,        NULL),
    ('test', 'TIER_RESOLUTION', NULL,           'MEDIA', 2,        NULL),
    ('test', 'TIER_RESOLUTION', NULL,           'MEDIA', 3,        NULL),
    ('test', 'FIRST_RESPONSE',  NULL,           NULL,    NULL,     3600),
    ('test', 'NEXT_RESPONSE',   NULL,           NULL,    NULL,     3600),
    ('test', 'RESOLUTION',      NULL,           NULL,    NULL, 10 * 3600),
    ('test', 'TIER_RESPONSE',   NULL,           NULL,    NULL,     3600),
    ('test', 'TIER_RESOLUTION', NULL,           NULL,    NULL,  5 * 3600),
    ('test', 'CONFIRMATION',    NULL,           NULL,    NULL,     3600);
