-- Whom to be considerate with: elderly or disabled.
ALTER TABLE customer ADD COLUMN care boolean NOT NULL DEFAULT false;

-- Who changed how much we make of a customer, and why. Only ever added to.
CREATE TABLE customer_grade_change (
    position     bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    customer_id  uuid NOT NULL REFERENCES customer,
    grade_before text NOT NULL,
    care_before  boolean NOT NULL,
    grade        text NOT NULL,
    care         boolean NOT NULL,
    reason       text NOT NULL,
    changed_by   text NOT NULL,
    at           timestamptz NOT NULL DEFAULT clock_timestamp()
);
REVOKE UPDATE, DELETE, TRUNCATE ON customer_grade_change FROM "${app}";

CREATE INDEX grade_change_of_customer ON customer_grade_change (customer_id, position DESC);

-- The tickets of a customer are read in this order, piece by piece.
DROP INDEX ticket_of_customer;
CREATE INDEX ticket_of_customer ON ticket (customer_id, created_at DESC, id DESC);
