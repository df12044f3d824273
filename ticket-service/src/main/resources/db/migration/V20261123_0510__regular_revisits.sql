-- When somebody was to call a customer without a cause, and the few customers whom that concerns.
CREATE TABLE customer_revisit (
    customer_id uuid PRIMARY KEY REFERENCES customer,
    at          timestamptz NOT NULL
);

CREATE INDEX customer_graded ON customer (grade, id) WHERE grade <> 'NORMAL';
