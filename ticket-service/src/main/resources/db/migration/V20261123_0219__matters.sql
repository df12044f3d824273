-- Which tickets there are of a customer's order.
CREATE INDEX ticket_of_order ON ticket (order_id, customer_id) WHERE order_id IS NOT NULL;

-- After which closed ticket the customer came back by it.
ALTER TABLE ticket ADD COLUMN succeeds uuid GENERATED ALWAYS AS
    (coalesce(created ->> 'followUpOf', created ->> 'repeatOf')::uuid) STORED;
CREATE INDEX ticket_succeeding ON ticket (succeeds, created_at DESC) WHERE succeeds IS NOT NULL;
