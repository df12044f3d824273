-- Which request was answered how: the same key again gets the same answer. Written in the transaction
-- of the effect. status is null only inside that transaction.
CREATE TABLE idempotency_key (
    client      text        NOT NULL,
    key         text        NOT NULL,
    fingerprint text        NOT NULL,
    status      int,
    headers     jsonb       NOT NULL DEFAULT '{}',
    body        text,
    created_at  timestamptz NOT NULL DEFAULT clock_timestamp(),
    PRIMARY KEY (client, key)
);

CREATE INDEX idempotency_key_age ON idempotency_key (created_at);
