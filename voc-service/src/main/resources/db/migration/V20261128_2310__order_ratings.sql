-- What customers say of their orders without a ticket; the text masked by who asked them.
CREATE TABLE order_rating (
    survey_id uuid PRIMARY KEY,
    order_id  text NOT NULL,
    seller_id text,
    territory text,
    solved    text NOT NULL,
    score     int NOT NULL,
    ticket_id uuid,
    text      text,
    rated_at  timestamptz NOT NULL
);
CREATE INDEX order_rating_newest ON order_rating (rated_at DESC, survey_id DESC);
