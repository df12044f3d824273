-- Two roles: the owner migrates, the application works. What the owner makes from here on the
-- application may read and write, except where a migration takes it away again.
GRANT USAGE ON SCHEMA public TO "${app}";
ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO "${app}";
ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT USAGE ON SEQUENCES TO "${app}";

-- Everything this service ever told, in the order per topic and key in which it was told.
CREATE TABLE event_log (
    topic       text        NOT NULL,
    key         text        NOT NULL,
    sequence    bigint      NOT NULL CHECK (sequence > 0),
    id          uuid        NOT NULL DEFAULT uuidv7() UNIQUE,
    type        text        NOT NULL,
    causation   text,
    traceparent text,
    payload     jsonb       NOT NULL,
    actor       text        NOT NULL,
    reason      text,
    at          timestamptz NOT NULL,
    recorded    bigint      GENERATED ALWAYS AS IDENTITY,
    PRIMARY KEY (topic, key, sequence)
);
REVOKE UPDATE, DELETE, TRUNCATE ON event_log FROM "${app}";

-- Pointers to what is not at the broker yet; deleted by the transaction that has sent them.
-- One key is always in the same bucket, and a bucket is relayed by one instance at a time.
CREATE TABLE outbox (
    position bigint   GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    bucket   smallint NOT NULL,
    topic    text     NOT NULL,
    key      text     NOT NULL,
    sequence bigint   NOT NULL
) WITH (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 2000);
CREATE INDEX outbox_by_bucket ON outbox (bucket, position);
