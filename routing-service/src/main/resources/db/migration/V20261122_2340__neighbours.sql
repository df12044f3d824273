-- Who helps out whom, the first to be asked first.
CREATE TABLE neighbour (
    rule_version text    NOT NULL REFERENCES rule_version,
    territory    text    NOT NULL,
    rank         integer NOT NULL,
    neighbour    text    NOT NULL,
    PRIMARY KEY (rule_version, territory, rank)
);

INSERT INTO neighbour (rule_version, territory, rank, neighbour) VALUES
    ('2026.1', 'NORTH',     1, 'NORTHEAST'), ('2026.1', 'NORTH',     2, 'CENTRAL'),
    ('2026.1', 'NORTHEAST', 1, 'NORTH'),     ('2026.1', 'NORTHEAST', 2, 'EAST'),
    ('2026.1', 'EAST',      1, 'CENTRAL'),   ('2026.1', 'EAST',      2, 'SOUTH'),
    ('2026.1', 'SOUTH',     1, 'CENTRAL'),   ('2026.1', 'SOUTH',     2, 'SOUTHWEST'),
    ('2026.1', 'CENTRAL',   1, 'EAST'),      ('2026.1', 'CENTRAL',   2, 'SOUTH'),
    ('2026.1', 'NORTHWEST', 1, 'SOUTHWEST'), ('2026.1', 'NORTHWEST', 2, 'NORTH'),
    ('2026.1', 'SOUTHWEST', 1, 'NORTHWEST'), ('2026.1', 'SOUTHWEST', 2, 'SOUTH');

REVOKE UPDATE, DELETE ON neighbour FROM "${app}";
