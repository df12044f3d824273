-- When it was written, if its channel says so: messages overtake each other on their way.
ALTER TABLE message
    ADD COLUMN sent_at timestamptz,
    ADD COLUMN written_at timestamptz NOT NULL GENERATED ALWAYS AS (coalesce(sent_at, at)) STORED;

DROP INDEX message_of_ticket;
CREATE INDEX message_of_ticket ON message (ticket_id, written_at, id);
