-- What a ticket's province was called before it was changed: events tell divisions, not the word.
-- Only ever added to; of changes before this nothing is known.
CREATE TABLE province_before (
    ticket_id uuid NOT NULL REFERENCES ticket,
    until     timestamptz NOT NULL,
    province  text,
    PRIMARY KEY (ticket_id, until)
);
REVOKE UPDATE, DELETE, TRUNCATE ON province_before FROM "${app}";
