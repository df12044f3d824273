-- When somebody is to be called again whom the last call did not reach; gone when that was told.
CREATE TABLE next_try (
    ticket_id uuid PRIMARY KEY,
    call_id   uuid NOT NULL,
    agent     text NOT NULL,
    at        timestamptz NOT NULL
);
CREATE INDEX next_try_at ON next_try (at);

-- What the last calls of the tickets that are there left to be done.
INSERT INTO next_try (ticket_id, call_id, agent, at)
SELECT ticket.id, (last ->> 'id')::uuid, last ->> 'agent', (last ->> 'nextTryAt')::timestamptz
FROM ticket, LATERAL (SELECT state #> '{talk,calls,-1}' AS last) AS calls
WHERE ticket.status NOT IN ('CLOSED', 'CANCELLED', 'MERGED')
    AND (last ->> 'nextTryAt')::timestamptz > now();
