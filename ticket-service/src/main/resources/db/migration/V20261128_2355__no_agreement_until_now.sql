-- Of what is closed already, whose kind cannot have changed since; right into what is counted up, for an
-- older instance that counts up meanwhile knows nothing of it.
INSERT INTO closing_tally AS tally
    (day, kind, solved, first_contact, reopened, repeated, no_agreement)
SELECT ((payload ->> 'at')::timestamptz AT TIME ZONE 'Asia/Shanghai')::date AS day, ticket.kind,
    0, 0, 0, 0, count(*)
FROM ticket JOIN event_log ON topic = 'tickets' AND key = ticket.id::text
WHERE ticket.status = 'CLOSED' AND type = 'TicketClosed'
    AND payload ->> 'reason' = 'NO_AGREEMENT'
GROUP BY 1, ticket.kind
ON CONFLICT (day, kind) DO UPDATE SET no_agreement = tally.no_agreement + excluded.no_agreement;
