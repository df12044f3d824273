-- Who was shown what is masked for everybody, and why. Only ever added to.
CREATE TABLE reveal (
    id          uuid PRIMARY KEY DEFAULT uuidv7(),
    ticket_id   uuid REFERENCES ticket,
    customer_id uuid NOT NULL REFERENCES customer,
    revealed_to text NOT NULL,
    roles       text[] NOT NULL,
    reason      text NOT NULL,
    at          timestamptz NOT NULL DEFAULT clock_timestamp()
);
REVOKE UPDATE, DELETE, TRUNCATE ON reveal FROM "${app}";

CREATE INDEX reveal_newest ON reveal (at DESC, id DESC);
CREATE INDEX reveal_of_ticket ON reveal (ticket_id, at DESC, id DESC);
CREATE INDEX reveal_of_customer ON reveal (customer_id, at DESC, id DESC);
CREATE INDEX reveal_to_whom ON reveal (revealed_to, at DESC, id DESC);
