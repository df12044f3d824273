-- What a channel is to tell its customers. The id is derived from the cause: told once.
CREATE TABLE delivery (
    id           uuid PRIMARY KEY,
    position     bigint GENERATED ALWAYS AS IDENTITY,
    client       text NOT NULL,
    ticket_id    uuid NOT NULL REFERENCES ticket,
    kind         text NOT NULL,
    message_id   uuid REFERENCES message,
    survey_id    uuid,
    not_before   timestamptz NOT NULL,
    next_try_at  timestamptz NOT NULL,
    tries        int NOT NULL DEFAULT 0,
    last_failure text,
    outcome      text,
    ended_at     timestamptz
);

CREATE INDEX delivery_waiting ON delivery (client, not_before, position) WHERE outcome IS NULL;
CREATE INDEX delivery_of_ticket ON delivery (ticket_id, not_before, position) WHERE outcome IS NULL;
CREATE INDEX delivery_unfetched ON delivery (not_before) WHERE outcome IS NULL;
CREATE INDEX delivery_ended ON delivery (ended_at) WHERE outcome IS NOT NULL;

-- What one of us is told. The id is derived from the cause and the person: told once. No reference
-- to the ticket: its row lock would be taken after that of a delivery, and elsewhere before.
CREATE TABLE notice (
    id        uuid PRIMARY KEY,
    person    text NOT NULL,
    kind      text NOT NULL,
    ticket_id uuid NOT NULL,
    number    text NOT NULL,
    detail    text,
    at        timestamptz NOT NULL,
    read_at   timestamptz
);

CREATE INDEX notice_of_person ON notice (person, at DESC, id DESC);
CREATE INDEX notice_oldest ON notice (at);
