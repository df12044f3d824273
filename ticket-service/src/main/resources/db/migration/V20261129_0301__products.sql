-- Which tickets there are of a product, where the customer names no order. Those of before name none.
ALTER TABLE ticket ADD COLUMN product_id text;
CREATE INDEX ticket_of_product ON ticket (product_id, customer_id) WHERE product_id IS NOT NULL;
