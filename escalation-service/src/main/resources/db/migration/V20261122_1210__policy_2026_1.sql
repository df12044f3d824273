-- The defaults that a fresh system has, in force from the beginning. A working day is 24 hours until
-- calendars are known.
INSERT INTO policy (version, valid_from, ring_every_s) VALUES ('2026.1', '2000-01-01T00:00:00Z', 15 * 60);

-- First and next response, by channel.
INSERT INTO policy_rule (version, clock, channel, target_s, pressing_s, climbs_after_s) VALUES
    ('2026.1', 'FIRST_RESPONSE', 'CHAT',            15,       15,     180),
    ('2026.1', 'FIRST_RESPONSE', 'PHONE',       5 * 60,   3 * 60, 15 * 60),
    ('2026.1', 'FIRST_RESPONSE', 'APP',        30 * 60,  15 * 60,    NULL),
    ('2026.1', 'FIRST_RESPONSE', 'WEB',        30 * 60,  15 * 60,    NULL),
    ('2026.1', 'FIRST_RESPONSE', 'WECHAT',     30 * 60,  15 * 60,    NULL),
    ('2026.1', 'FIRST_RESPONSE', 'EMAIL',     4 * 3600, 2 * 3600,    NULL),
    ('2026.1', 'FIRST_RESPONSE', 'MERCHANT',  2 * 3600, 1 * 3600,    NULL),
    ('2026.1', 'FIRST_RESPONSE', NULL,         30 * 60,  15 * 60,    NULL),
    ('2026.1', 'NEXT_RESPONSE',  'CHAT',            60,       45,    NULL),
    ('2026.1', 'NEXT_RESPONSE',  'PHONE',     2 * 3600, 1 * 3600,    NULL),
    ('2026.1', 'NEXT_RESPONSE',  'APP',       2 * 3600, 1 * 3600,    NULL),
    ('2026.1', 'NEXT_RESPONSE',  'WEB',       2 * 3600, 1 * 3600,    NULL),
    ('2026.1', 'NEXT_RESPONSE',  'WECHAT',    2 * 3600, 1 * 3600,    NULL),
    ('2026.1', 'NEXT_RESPONSE',  'EMAIL',     8 * 3600, 4 * 3600,    NULL),
    ('2026.1', 'NEXT_RESPONSE',  'MERCHANT',  4 * 3600, 2 * 3600,    NULL),
    ('2026.1', 'NEXT_RESPONSE',  NULL,        2 * 3600, 1 * 3600,    NULL);

-- Complaints are answered within the hour in every channel, chat sooner.
INSERT INTO policy_rule (version, clock, kind, channel, target_s, pressing_s) VALUES
    ('2026.1', 'NEXT_RESPONSE', 'COMPLAINT', NULL,   60 * 60, 30 * 60),
    ('2026.1', 'NEXT_RESPONSE', 'COMPLAINT', 'CHAT',      60,      45);

INSERT INTO policy_rule (version, clock, major, target_s) VALUES
    ('2026.1', 'FIRST_RESPONSE', 'REGULATOR', 2 * 3600),
    ('2026.1', 'NEXT_RESPONSE',  'REGULATOR', 4 * 3600);

-- Resolution by tier. HIGH stands for URGENT too, which takes the pressing target.
INSERT INTO policy_rule (version, clock, kind, priority, tier, target_s, pressing_s)
SELECT '2026.1', 'TIER_RESOLUTION', kind, priority, tier, target_h * 3600, pressing_h * 3600
FROM (VALUES
    ('CONSULTATION', NULL,     1,   8,   4), ('CONSULTATION', NULL,     2,   8,   4),
    ('CONSULTATION', NULL,     3,  24,  12), ('CONSULTATION', NULL,     4,  24,  12),
    ('REQUEST',      NULL,     1,  24,  12), ('REQUEST',      NULL,     2,  24,  12),
    ('REQUEST',      NULL,     3,  48,  24), ('REQUEST',      NULL,     4,  48,  24),
    ('COMPLAINT',    NULL,     1,  24,  12), ('COMPLAINT',    NULL,     2,  24,  12),
    ('COMPLAINT',    NULL,     3,  48,  24), ('COMPLAINT',    NULL,     4,  72,  48),
    ('COMPLAINT',    'HIGH',   1,   4,   2), ('COMPLAINT',    'HIGH',   2,  24,  12),
    ('COMPLAINT',    'HIGH',   3,  48,  24), ('COMPLAINT',    'HIGH',   4,  48,  24),
    ('COMPLAINT',    'URGENT', 1,   4,   2), ('COMPLAINT',    'URGENT', 2,  24,  12),
    ('COMPLAINT',    'URGENT', 3,  48,  24), ('COMPLAINT',    'URGENT', 4,  48,  24),
    ('SUGGESTION',   NULL,     1,  72,  72), ('SUGGESTION',   NULL,     2,  72,  72),
    ('SUGGESTION',   NULL,     3, 240, 240), ('SUGGESTION',   NULL,     4, 240, 240))
    AS seed (kind, priority, tier, target_h, pressing_h);

-- Major ones pass over the tiers below their own.
INSERT INTO policy_rule (version, clock, major, tier, target_s)
SELECT '2026.1', 'TIER_RESOLUTION', major, tier, target_h * 3600
FROM (VALUES
    ('SAFETY',    1, NULL), ('SAFETY',    2, NULL), ('SAFETY',    3, NULL), ('SAFETY',    4, 24),
    ('MEDIA',     1, NULL), ('MEDIA',     2, NULL), ('MEDIA',     3, NULL), ('MEDIA',     4, 24),
    ('MASS',      1, NULL), ('MASS',      2, NULL), ('MASS',      3, NULL), ('MASS',      4, 24),
    ('REGULATOR', 1, NULL), ('REGULATOR', 2, NULL), ('REGULATOR', 3,  120), ('REGULATOR', 4, 48))
    AS seed (major, tier, target_h);

-- The whole ticket. A regulator's deadline is the one of its platform until the letter is known.
INSERT INTO policy_rule (version, clock, major, kind, target_s, pressing_s) VALUES
    ('2026.1', 'RESOLUTION', NULL,        'CONSULTATION',  24 * 3600,  12 * 3600),
    ('2026.1', 'RESOLUTION', NULL,        'REQUEST',       72 * 3600,  48 * 3600),
    ('2026.1', 'RESOLUTION', NULL,        'COMPLAINT',     72 * 3600,  48 * 3600),
    ('2026.1', 'RESOLUTION', NULL,        'SUGGESTION',   240 * 3600, 240 * 3600),
    ('2026.1', 'RESOLUTION', 'SAFETY',    NULL,           168 * 3600, NULL),
    ('2026.1', 'RESOLUTION', 'MEDIA',     NULL,           168 * 3600, NULL),
    ('2026.1', 'RESOLUTION', 'MASS',      NULL,           168 * 3600, NULL),
    ('2026.1', 'RESOLUTION', 'REGULATOR', NULL,           240 * 3600, NULL);

-- Claimed by the tier.
INSERT INTO policy_rule (version, clock, tier, target_s, pressing_s) VALUES
    ('2026.1', 'TIER_RESPONSE', 2, 30 * 60, 15 * 60),
    ('2026.1', 'TIER_RESPONSE', 3, 60 * 60, 30 * 60),
    ('2026.1', 'TIER_RESPONSE', 4, 15 * 60, 10 * 60);

-- Silence after a resolution; a major ticket is never closed by it.
INSERT INTO policy_rule (version, clock, major, kind, priority, target_s) VALUES
    ('2026.1', 'CONFIRMATION', NULL,        'CONSULTATION', NULL,      24 * 3600),
    ('2026.1', 'CONFIRMATION', NULL,        'REQUEST',      NULL,      72 * 3600),
    ('2026.1', 'CONFIRMATION', NULL,        'COMPLAINT',    NULL,      72 * 3600),
    ('2026.1', 'CONFIRMATION', NULL,        'COMPLAINT',    'HIGH',   168 * 3600),
    ('2026.1', 'CONFIRMATION', NULL,        'COMPLAINT',    'URGENT', 168 * 3600),
    ('2026.1', 'CONFIRMATION', NULL,        'SUGGESTION',   NULL,     168 * 3600),
    ('2026.1', 'CONFIRMATION', 'SAFETY',    NULL,           NULL,     NULL),
    ('2026.1', 'CONFIRMATION', 'MEDIA',     NULL,           NULL,     NULL),
    ('2026.1', 'CONFIRMATION', 'REGULATOR', NULL,           NULL,     NULL),
    ('2026.1', 'CONFIRMATION', 'MASS',      NULL,           NULL,     NULL);

-- What is used, with an alarm, for a ticket that none of the above thought of.
INSERT INTO policy_rule (version, clock, target_s, pressing_s, last_resort) VALUES
    ('2026.1', 'RESOLUTION',      72 * 3600, 48 * 3600, true),
    ('2026.1', 'TIER_RESPONSE',     30 * 60,   15 * 60, true),
    ('2026.1', 'TIER_RESOLUTION', 24 * 3600, 12 * 3600, true),
    ('2026.1', 'CONFIRMATION',    72 * 3600,      NULL, true);
