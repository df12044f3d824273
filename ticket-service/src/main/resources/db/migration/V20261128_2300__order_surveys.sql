-- By which territory a province is served, as routing-service tells it.
ALTER TABLE province ADD COLUMN territory text;

CREATE INDEX shop_order_delivered ON shop_order (delivered_at) WHERE delivered_at IS NOT NULL;

-- Of which day's deliveries the lot was drawn; once.
CREATE TABLE order_survey_draw (
    day      date PRIMARY KEY,
    drawn_at timestamptz NOT NULL
);

-- Who is asked about an order without a ticket; of the token only a keyed hash.
CREATE TABLE order_survey (
    id          uuid PRIMARY KEY,
    order_id    text NOT NULL UNIQUE REFERENCES shop_order,
    customer_id uuid NOT NULL REFERENCES customer,
    territory   text,
    day         date NOT NULL,
    token_index bytea NOT NULL UNIQUE,
    asked_at    timestamptz NOT NULL,
    answered_at timestamptz
);

CREATE INDEX order_survey_of_customer ON order_survey (customer_id, asked_at);
CREATE INDEX order_survey_oldest ON order_survey (asked_at);

-- Where nobody knows the territory it is absent.
CREATE TABLE order_survey_count (
    day        date NOT NULL,
    territory  text,
    delivered  bigint NOT NULL,
    asked      bigint NOT NULL,
    answered   bigint NOT NULL,
    discontent bigint NOT NULL,
    score_sum  bigint NOT NULL,
    UNIQUE NULLS NOT DISTINCT (day, territory)
);

ALTER TABLE delivery ALTER COLUMN ticket_id DROP NOT NULL,
    ADD CONSTRAINT delivery_is_about CHECK (ticket_id IS NOT NULL OR survey_id IS NOT NULL);
