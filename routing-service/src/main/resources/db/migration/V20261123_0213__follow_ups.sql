-- Of which closed ticket another is the follow-up: who had that one knows the customer.
CREATE TABLE follow_up (
    ticket_id uuid PRIMARY KEY,
    follows   uuid NOT NULL
);
REVOKE UPDATE, DELETE, TRUNCATE ON follow_up FROM "${app}";
