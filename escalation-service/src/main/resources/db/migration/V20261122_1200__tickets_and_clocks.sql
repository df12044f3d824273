CREATE TABLE policy (
    version       text PRIMARY KEY,
    valid_from    timestamptz NOT NULL,
    ring_every_s  integer NOT NULL CHECK (ring_every_s > 0)
);

CREATE TABLE policy_rule (
    id              integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    version         text NOT NULL REFERENCES policy,
    clock           text NOT NULL,
    major           text,
    kind            text,
    priority        text,
    channel         text,
    tier            integer,
    target_s        integer CHECK (target_s > 0),
    pressing_s      integer CHECK (pressing_s > 0),
    climbs_after_s  integer CHECK (climbs_after_s > 0),
    last_resort     boolean NOT NULL DEFAULT false,
    UNIQUE NULLS NOT DISTINCT (version, clock, major, kind, priority, channel, tier)
);

-- What the ticket's own events told. Its row lock stands before every change of the other tables.
CREATE TABLE ticket (
    id              uuid PRIMARY KEY,
    number          text NOT NULL,
    kind            text NOT NULL,
    channel         text NOT NULL,
    priority        text NOT NULL,
    major           text,
    vip             boolean NOT NULL,
    created_at      timestamptz NOT NULL,
    policy_version  text NOT NULL REFERENCES policy,
    tier            integer NOT NULL,
    round           integer NOT NULL,
    stay            integer NOT NULL,
    raised_stay     integer NOT NULL,
    state           text NOT NULL,
    answered        boolean NOT NULL,
    territory       text,
    served_by       text,
    team            text,
    assignee        text
);

CREATE TABLE clock (
    ticket_id       uuid NOT NULL REFERENCES ticket,
    kind            text NOT NULL,
    number          integer NOT NULL,
    stay            integer NOT NULL,
    policy_version  text NOT NULL,
    target_us       bigint NOT NULL,
    grace_us        bigint NOT NULL,
    started_at      timestamptz NOT NULL,
    due_at          timestamptz NOT NULL,
    state           text NOT NULL,
    fires_at        timestamptz,
    remaining_us    bigint,
    ended_at        timestamptz,
    pauses          jsonb NOT NULL,
    PRIMARY KEY (ticket_id, kind, number)
);

-- Firing reads nothing else; a clock that nothing will happen to is not in it.
CREATE INDEX clock_fires_at ON clock (fires_at) WHERE fires_at IS NOT NULL;

CREATE TABLE escalation (
    id               uuid PRIMARY KEY,
    ticket_id        uuid NOT NULL REFERENCES ticket,
    raised_stay      integer,
    stay             integer,
    from_tier        integer NOT NULL,
    to_tier          integer NOT NULL,
    cause            text NOT NULL,
    clock            text,
    due_at           timestamptz NOT NULL,
    raised_at        timestamptz NOT NULL,
    escalated_at     timestamptz,
    state            text NOT NULL,
    vip              boolean NOT NULL,
    priority_rank    integer NOT NULL,
    answer_by        timestamptz,
    invited_at       timestamptz,
    claimed_by       text,
    claimed_name     text,
    claimed_team     text,
    claimed_at       timestamptz,
    settled_because  text,
    UNIQUE (ticket_id, raised_stay),
    UNIQUE (ticket_id, stay)
);

CREATE INDEX escalation_queue ON escalation (to_tier, (NOT vip), priority_rank, answer_by, id)
    WHERE state = 'QUEUED';
CREATE INDEX escalation_invited ON escalation (invited_at) WHERE state = 'QUEUED';
CREATE INDEX escalation_raised_at ON escalation (raised_at DESC) WHERE cause = 'TIME';
CREATE INDEX escalation_escalated_at ON escalation (escalated_at DESC)
    WHERE cause = 'TIME' AND escalated_at IS NOT NULL;

-- The own copy of the topic agents.
CREATE TABLE agent (
    id         text PRIMARY KEY,
    name       text NOT NULL,
    team       text NOT NULL,
    territory  text,
    tier       integer NOT NULL,
    on_duty    boolean NOT NULL
);
