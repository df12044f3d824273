-- What the tickets told about themselves, for the voice that they leave when they close.
CREATE TABLE heard_ticket (
    id          uuid PRIMARY KEY,
    kind        text NOT NULL,
    category    text NOT NULL,
    channel     text NOT NULL,
    territory   text,
    created_at  timestamptz NOT NULL,
    subject     text NOT NULL,
    body        text
);

CREATE TABLE voice (
    id            uuid PRIMARY KEY,
    ticket_id     uuid NOT NULL REFERENCES heard_ticket,
    stay          integer NOT NULL,
    kind          text NOT NULL,
    category      text NOT NULL,
    channel       text NOT NULL,
    territory     text,
    close_reason  text NOT NULL,
    closed_at     timestamptz NOT NULL,
    heard_at      timestamptz NOT NULL,
    subject       text NOT NULL,
    body          text,
    UNIQUE (ticket_id, stay)
);
CREATE INDEX voice_newest ON voice (heard_at DESC, id DESC);

-- Voices per day of their closing in Asia/Shanghai, moved with each voice.
CREATE TABLE voice_count (
    day        date NOT NULL,
    kind       text NOT NULL,
    category   text NOT NULL,
    territory  text,
    voices     bigint NOT NULL,
    UNIQUE NULLS NOT DISTINCT (day, kind, category, territory)
);
