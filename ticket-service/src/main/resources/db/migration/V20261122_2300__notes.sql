-- Who speaks: the customer, we, or one of us to the others.
ALTER TABLE message ADD COLUMN side text;
UPDATE message SET side = CASE WHEN from_customer THEN 'CUSTOMER' ELSE 'US' END;
ALTER TABLE message ALTER COLUMN side SET NOT NULL;
ALTER TABLE message DROP COLUMN from_customer;

DROP INDEX message_of_ticket;
CREATE INDEX message_of_ticket ON message (ticket_id, at, id);
