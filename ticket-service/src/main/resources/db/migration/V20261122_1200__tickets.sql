-- A person by phone number. Only ciphertext here; phone_index finds without reading.
CREATE TABLE customer (
    id uuid PRIMARY KEY,
    phone_index bytea NOT NULL UNIQUE,
    phone_sealed bytea NOT NULL,
    name_sealed bytea,
    grade text NOT NULL DEFAULT 'NORMAL',
    created_at timestamptz NOT NULL
);

CREATE SEQUENCE ticket_number CACHE 64;

-- The state beside the log, for speed: folding the ticket's events gives the same.
CREATE TABLE ticket (
    id uuid PRIMARY KEY,
    number text NOT NULL UNIQUE,
    opened_by text NOT NULL,
    kind text NOT NULL,
    phase text,
    category text NOT NULL,
    channel text NOT NULL,
    priority text NOT NULL,
    major text,
    vip boolean NOT NULL,
    customer_id uuid NOT NULL REFERENCES customer,
    order_id text,
    seller_id text,
    province text,
    region jsonb NOT NULL,
    first_tier int NOT NULL,
    subject text NOT NULL,
    body text,
    result text,
    created_at timestamptz NOT NULL,
    status text NOT NULL,
    waiting_reason text,
    territory text,
    served_by text,
    team text,
    tier int NOT NULL,
    assignee text,
    assignee_name text,
    responsible text,
    responsible_name text,
    round int NOT NULL,
    stay int NOT NULL,
    agent_wanted boolean NOT NULL,
    version bigint NOT NULL,
    updated_at timestamptz NOT NULL,
    resolved_at timestamptz,
    closed_at timestamptz,
    due_at timestamptz,
    due_clock text
);

CREATE INDEX ticket_newest ON ticket (created_at DESC, id DESC);
CREATE INDEX ticket_of_opener ON ticket (opened_by, created_at DESC, id DESC);
CREATE INDEX ticket_of_territory ON ticket (territory, tier, created_at DESC, id DESC);
CREATE INDEX ticket_of_assignee ON ticket (assignee, created_at DESC, id DESC);
CREATE INDEX ticket_of_customer ON ticket (customer_id, created_at DESC);

-- Who it is or was assigned to: they may see it whatever became of it.
CREATE TABLE ticket_agent (
    ticket_id uuid NOT NULL REFERENCES ticket,
    agent text NOT NULL,
    PRIMARY KEY (ticket_id, agent)
);

-- What was said, unmasked; the events carry it masked.
CREATE TABLE message (
    id uuid PRIMARY KEY,
    ticket_id uuid NOT NULL REFERENCES ticket,
    author text NOT NULL,
    from_customer boolean NOT NULL,
    text text NOT NULL,
    at timestamptz NOT NULL
);

CREATE INDEX message_of_ticket ON message (ticket_id, at);

-- A copy of what routing-service tells about agents.
CREATE TABLE agent (
    id text PRIMARY KEY,
    name text NOT NULL,
    team text NOT NULL,
    territory text,
    tier int NOT NULL,
    on_duty boolean NOT NULL
);
