-- The last question to the customer whether it is solved; beside the log like the rest of the row.
ALTER TABLE ticket ADD COLUMN survey jsonb;

-- Which one a token leads to; only a keyed hash of it here.
CREATE TABLE survey (
    token_index bytea PRIMARY KEY,
    ticket_id   uuid NOT NULL REFERENCES ticket,
    survey_id   uuid NOT NULL UNIQUE
);
