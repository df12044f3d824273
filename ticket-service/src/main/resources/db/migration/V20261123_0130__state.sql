-- What a ticket was when it was opened, and what it is now, each as one value; columns only for what
-- tickets are looked for by.
ALTER TABLE ticket
    ADD COLUMN created jsonb,
    ADD COLUMN state jsonb,
    ADD COLUMN merged_into uuid;

UPDATE ticket SET
    merged_into = (merge ->> 'into')::uuid,
    created = jsonb_build_object(
        'ticketId', id, 'round', 1, 'stay', 1, 'at', created_at, 'number', number, 'kind', kind,
        'phase', phase, 'category', category, 'channel', channel, 'priority', priority,
        'major', major, 'vip', vip, 'customerId', customer_id, 'orderId', order_id,
        'sellerId', seller_id, 'region', region, 'tier', first_tier,
        'texts', jsonb_build_object('subject', ''), 'authority', authority),
    state = jsonb_build_object(
        'facts', jsonb_build_object(
            'kind', kind, 'phase', phase, 'category', category, 'priority', priority,
            'major', major, 'region', region),
        'status', status, 'waitingReason', waiting_reason, 'awaitedPromise', awaited_promise,
        'waitId', wait_id, 'closingDue', closing_due, 'survey', survey, 'promises', promises,
        'territory', territory, 'servedBy', served_by, 'team', team, 'tier', tier,
        'assignee', CASE WHEN assignee IS NOT NULL
            THEN jsonb_build_object('id', assignee, 'name', assignee_name) END,
        'responsible', CASE WHEN responsible IS NOT NULL
            THEN jsonb_build_object('id', responsible, 'name', responsible_name) END,
        'round', round, 'stay', stay, 'agentWanted', agent_wanted, 'version', version,
        'updatedAt', updated_at, 'resolvedAt', resolved_at, 'closedAt', closed_at,
        'merge', merge, 'absorbed', absorbed);

ALTER TABLE ticket
    ALTER COLUMN created SET NOT NULL,
    ALTER COLUMN state SET NOT NULL,
    DROP COLUMN phase,
    DROP COLUMN major,
    DROP COLUMN vip,
    DROP COLUMN seller_id,
    DROP COLUMN region,
    DROP COLUMN first_tier,
    DROP COLUMN authority,
    DROP COLUMN waiting_reason,
    DROP COLUMN awaited_promise,
    DROP COLUMN wait_id,
    DROP COLUMN closing_due,
    DROP COLUMN survey,
    DROP COLUMN promises,
    DROP COLUMN team,
    DROP COLUMN assignee_name,
    DROP COLUMN responsible_name,
    DROP COLUMN round,
    DROP COLUMN stay,
    DROP COLUMN agent_wanted,
    DROP COLUMN version,
    DROP COLUMN updated_at,
    DROP COLUMN resolved_at,
    DROP COLUMN closed_at,
    DROP COLUMN merge,
    DROP COLUMN absorbed;
