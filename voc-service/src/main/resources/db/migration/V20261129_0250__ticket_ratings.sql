-- Absent of the tickets that were heard of before.
ALTER TABLE heard_ticket ADD COLUMN number text;

-- What customers say of how their tickets were solved; the text masked by who asked them.
CREATE TABLE ticket_rating (
    survey_id uuid PRIMARY KEY,
    ticket_id uuid NOT NULL REFERENCES heard_ticket,
    number    text,
    kind      text NOT NULL,
    category  text NOT NULL,
    channel   text NOT NULL,
    territory text,
    solved    text NOT NULL,
    score     int NOT NULL,
    late      boolean NOT NULL,
    text      text,
    rated_at  timestamptz NOT NULL
);
CREATE INDEX ticket_rating_newest ON ticket_rating (rated_at DESC, survey_id DESC);
CREATE INDEX ticket_rating_of_category
    ON ticket_rating (category, rated_at DESC, survey_id DESC);
