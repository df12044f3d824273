-- For how long after the closing the agent who had a customer's ticket comes first for their next one.
ALTER TABLE rule_version ADD COLUMN known_for_hours int NOT NULL DEFAULT 72 CHECK (known_for_hours >= 0);

-- When it was closed; a ticket that was cancelled or merged never is.
ALTER TABLE ticket ADD COLUMN closed_at timestamptz;
CREATE INDEX ticket_closed_of_customer ON ticket (customer_id, closed_at) WHERE closed_at IS NOT NULL;
