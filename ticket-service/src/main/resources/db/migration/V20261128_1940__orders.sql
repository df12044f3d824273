-- A copy of the shop's orders: whose, how far and where to, but nothing that names a person.
CREATE TABLE shop_order (
    id            text PRIMARY KEY,
    customer_id   uuid NOT NULL REFERENCES customer,
    status        text NOT NULL,
    amount_fen    bigint NOT NULL,
    seller_id     text,
    divisions     text[] NOT NULL,
    placed_at     timestamptz NOT NULL,
    dispatched_at timestamptz,
    delivered_at  timestamptz,
    cancelled_at  timestamptz,
    changed_at    timestamptz NOT NULL
);

CREATE INDEX shop_order_of_customer ON shop_order (customer_id, placed_at DESC, id DESC);
