-- What we told the customer will be done until when; beside the log like the rest of the row.
ALTER TABLE ticket
    ADD COLUMN promises        jsonb NOT NULL DEFAULT '[]',
    ADD COLUMN awaited_promise uuid,
    ADD COLUMN closing_due     text;
