-- Rules are data: a version is written once and never edited; the ledger's row says which one is in force.
CREATE TABLE rule_version (
    version         text PRIMARY KEY,
    waiting_percent int  NOT NULL CHECK (waiting_percent BETWEEN 0 AND 100),
    vip_in_a_row    int  NOT NULL CHECK (vip_in_a_row > 0)
);

-- One row. Whoever changes load locks it first and reads the version in force with it, so several
-- instances never choose at the same time and never by different rules.
CREATE TABLE ledger (
    id           int  PRIMARY KEY CHECK (id = 1),
    rule_version text NOT NULL REFERENCES rule_version
);

CREATE TABLE province (
    rule_version text NOT NULL REFERENCES rule_version,
    code         text NOT NULL CHECK (code ~ '^[0-9]{2}$'),
    name         text NOT NULL,
    name_zh      text NOT NULL,
    territory    text NOT NULL,
    PRIMARY KEY (rule_version, code)
);

CREATE TABLE phone_prefix (
    rule_version text NOT NULL,
    prefix       text NOT NULL CHECK (prefix ~ '^([+]|0)[0-9]+$'),
    province     text NOT NULL,
    PRIMARY KEY (rule_version, prefix),
    FOREIGN KEY (rule_version, province) REFERENCES province
);

-- Where those belong whom no province places: OVERSEAS, or the name of a channel.
CREATE TABLE home (
    rule_version text NOT NULL REFERENCES rule_version,
    place        text NOT NULL,
    territory    text NOT NULL,
    PRIMARY KEY (rule_version, place)
);

CREATE TABLE level_rule (
    rule_version text    NOT NULL REFERENCES rule_version,
    level        text    NOT NULL,
    capacity     int     NOT NULL CHECK (capacity > 0),
    open_bound   int     NOT NULL CHECK (open_bound > 0),
    takes_major  boolean NOT NULL,
    PRIMARY KEY (rule_version, level)
);

-- An absent column stands for any value.
CREATE TABLE may_take (
    rule_version text NOT NULL,
    level        text NOT NULL,
    kind         text,
    priority     text,
    FOREIGN KEY (rule_version, level) REFERENCES level_rule,
    UNIQUE NULLS NOT DISTINCT (rule_version, level, kind, priority)
);

-- The first row by rank that fits tells the weight; an absent column stands for any value, and
-- major ANY for any that is major. The head start is what the ticket is older by in the line.
CREATE TABLE work_rule (
    rule_version       text NOT NULL REFERENCES rule_version,
    rank               int  NOT NULL,
    kind               text,
    priority           text,
    channel            text,
    major              text,
    points             int  NOT NULL CHECK (points > 0),
    head_start_minutes int  NOT NULL CHECK (head_start_minutes >= 0),
    PRIMARY KEY (rule_version, rank)
);

-- vips_in_a_row: how many VIPs left the team's line since the last one who is not.
CREATE TABLE team (
    id            text PRIMARY KEY,
    name          text NOT NULL,
    name_zh       text NOT NULL,
    territory     text,
    tier          int  NOT NULL CHECK (tier BETWEEN 1 AND 4),
    vips_in_a_row int  NOT NULL DEFAULT 0
);

CREATE UNIQUE INDEX team_one_a_tier ON team (tier, territory) NULLS NOT DISTINCT;

CREATE TABLE agent (
    id             text    PRIMARY KEY,
    name           text    NOT NULL,
    team           text    NOT NULL REFERENCES team,
    level          text    NOT NULL,
    skills         text[]  NOT NULL DEFAULT '{}',
    on_duty        boolean NOT NULL DEFAULT true,
    last_chosen_at timestamptz,
    published      boolean NOT NULL DEFAULT false
);

CREATE INDEX agent_of_team ON agent (team, id);

-- What routing has to know of a ticket, folded from the ticket's own events.
CREATE TABLE ticket (
    id               uuid        PRIMARY KEY,
    kind             text        NOT NULL,
    phase            text,
    category         text        NOT NULL,
    channel          text        NOT NULL,
    priority         text        NOT NULL,
    major            text,
    vip              boolean     NOT NULL,
    customer_id      uuid        NOT NULL,
    points           int         NOT NULL,
    line_from        timestamptz NOT NULL,
    territory        text        NOT NULL,
    territory_reason text        NOT NULL,
    team             text        NOT NULL REFERENCES team,
    tier             int         NOT NULL,
    round            int         NOT NULL,
    stay             int         NOT NULL,
    stage            text        NOT NULL,
    agent            text,
    refused_by       text[]      NOT NULL DEFAULT '{}',
    held_by          text[]      NOT NULL DEFAULT '{}'
);

CREATE INDEX ticket_of_customer ON ticket (customer_id) WHERE stage <> 'CLOSED';

-- The load: an agent carries the sum of its rows and nothing else. No reference to agent: a ticket may be with
-- somebody this database does not know yet.
CREATE TABLE reservation (
    ticket_id uuid NOT NULL PRIMARY KEY REFERENCES ticket,
    agent     text NOT NULL,
    round     int  NOT NULL,
    points    int  NOT NULL CHECK (points > 0),
    state     text NOT NULL CHECK (state IN ('RESERVED', 'CONFIRMED'))
);

CREATE INDEX reservation_of_agent ON reservation (agent) INCLUDE (points);

-- Tickets of one sort are served by the same agents, so the head of each sort decides for all of it.
CREATE TABLE waiting (
    ticket_id uuid        PRIMARY KEY REFERENCES ticket,
    team      text        NOT NULL REFERENCES team,
    sort      text        NOT NULL,
    vip       boolean     NOT NULL,
    since     timestamptz NOT NULL,
    line_from timestamptz NOT NULL
);

CREATE INDEX waiting_in_order ON waiting (team, sort, vip, line_from, ticket_id);
