-- When a customer was last asked whether it was a solution, and by which survey: not again for a time.
-- Deferred, for in one transaction somebody new is asked before they are written down.
CREATE TABLE asked_customer (
    customer_id uuid PRIMARY KEY REFERENCES customer DEFERRABLE INITIALLY DEFERRED,
    survey_id   uuid NOT NULL,
    asked_at    timestamptz NOT NULL
);
