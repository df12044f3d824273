-- Times in which clocks rest. A change gives a new revision, the highest of all; "moved" is the one whose
-- tickets have all been moved.
CREATE TABLE emergency (
    id           uuid PRIMARY KEY,
    revision     bigint NOT NULL UNIQUE,
    moved        bigint NOT NULL,
    kind         text NOT NULL,
    reason       text NOT NULL,
    territories  text[] NOT NULL,
    kinds        text[] NOT NULL,
    categories   text[] NOT NULL,
    spans        jsonb NOT NULL,
    declared_by  text NOT NULL,
    declared_at  timestamptz NOT NULL,
    ended_at     timestamptz
);

-- Tickets from before have no category; an emergency of some categories is none of theirs.
ALTER TABLE ticket
    ADD COLUMN category           text,
    ADD COLUMN emergency_revision bigint NOT NULL DEFAULT 0;

ALTER TABLE clock ADD COLUMN rests jsonb NOT NULL DEFAULT '[]';
