-- Until when those may accept to whom tickets are offered; those that wait already, until now.
CREATE TABLE transfer_offer (
    ticket_id uuid PRIMARY KEY,
    ends_at   timestamptz NOT NULL
);
INSERT INTO transfer_offer (ticket_id, ends_at)
SELECT id, now() FROM ticket WHERE jsonb_typeof(state #> '{transfer,offer}') = 'object';
CREATE INDEX transfer_offer_ends ON transfer_offer (ends_at);
