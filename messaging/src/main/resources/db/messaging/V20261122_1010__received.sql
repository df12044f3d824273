-- How far each key of each heard topic has been applied; moved in the transaction of the effect.
CREATE TABLE received (
    topic      text     NOT NULL,
    key        text     NOT NULL,
    sequence   bigint   NOT NULL DEFAULT 0,
    left_out   bigint[] NOT NULL DEFAULT '{}', -- above sequence: may be missing, may still come
    blocked_by uuid,                           -- the letter that the key waits for
    gap_letter uuid,                           -- the letter that tells of missing events
    PRIMARY KEY (topic, key)
) WITH (fillfactor = 80);

-- Records that wait behind a blocked key, or beyond a gap, as they came from the broker.
CREATE TABLE held_event (
    position      bigint      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    topic         text        NOT NULL,
    key           text        NOT NULL,
    sequence      bigint,
    partition     int         NOT NULL,
    record_offset bigint      NOT NULL,
    record_at     timestamptz NOT NULL,
    headers       jsonb       NOT NULL,
    value         bytea,
    UNIQUE (topic, partition, record_offset, record_at)
);
CREATE INDEX held_event_by_key ON held_event (topic, key, sequence, position);

-- Records of a type that this version does not know, for the version that does.
CREATE TABLE unread_event (
    topic         text        NOT NULL,
    key           text        NOT NULL,
    sequence      bigint      NOT NULL,
    type          text        NOT NULL,
    partition     int         NOT NULL,
    record_offset bigint      NOT NULL,
    record_at     timestamptz NOT NULL,
    headers       jsonb       NOT NULL,
    value         bytea,
    PRIMARY KEY (topic, key, sequence)
);

-- What could not be applied, and what became of it.
CREATE TABLE letter (
    id            uuid        PRIMARY KEY,
    kind          text        NOT NULL CHECK (kind IN ('FAILED', 'UNREADABLE', 'GAP')),
    topic         text        NOT NULL,
    key           text,
    sequence      bigint,
    partition     int         NOT NULL,
    record_offset bigint      NOT NULL,
    record_at     timestamptz NOT NULL,
    headers       jsonb       NOT NULL,
    value         bytea,
    reason        text        NOT NULL,
    written_at    timestamptz NOT NULL,
    outcome       text        CHECK (outcome IN ('APPLIED', 'LEFT_OUT')),
    settled_at    timestamptz
);
CREATE INDEX letter_open ON letter (written_at) WHERE outcome IS NULL;
