-- How many tickets are in the same place, so that counting them is not reading them. Whatever moves
-- a ticket adds a change, in its transaction and without waiting for anybody; changes are folded
-- into the counts now and then, and whoever reads adds up both.
LOCK TABLE ticket IN SHARE ROW EXCLUSIVE MODE;

CREATE TABLE ticket_count (
    kind      text   NOT NULL,
    status    text   NOT NULL,
    tier      int    NOT NULL,
    territory text,
    served_by text,
    tickets   bigint NOT NULL,
    UNIQUE NULLS NOT DISTINCT (kind, status, tier, territory, served_by)
) WITH (fillfactor = 50);
INSERT INTO ticket_count (kind, status, tier, territory, served_by, tickets)
SELECT kind, status, tier, territory, served_by, count(*) FROM ticket
GROUP BY kind, status, tier, territory, served_by;

CREATE TABLE ticket_count_change (
    position  bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    kind      text   NOT NULL,
    status    text   NOT NULL,
    tier      int    NOT NULL,
    territory text,
    served_by text,
    tickets   bigint NOT NULL
) WITH (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 2000);
