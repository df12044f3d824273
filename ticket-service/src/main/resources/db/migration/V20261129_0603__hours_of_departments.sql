-- When a department works, where its calendar leaves that to it, and when somebody is there besides.
ALTER TABLE department
    ADD COLUMN opens time,
    ADD COLUMN closes time,
    ADD COLUMN duties text[] NOT NULL DEFAULT '{}';

-- Somebody may have called a version of their own so; then theirs stands.
INSERT INTO taxonomy (version, valid_from, base, created_by)
VALUES ('2026.2', '2000-01-02T00:00:00Z', '2026.1', 'system:ticket') ON CONFLICT DO NOTHING;

INSERT INTO department (version, code, name_zh, name_en, sponsor, calendar, accepts_s, answers_s, answers_pressing_s,
    answer_calendar, head_told_at_percent, special, opens, closes, duties)
SELECT '2026.2', code, name_zh, name_en, sponsor, calendar, accepts_s, answers_s, answers_pressing_s,
    answer_calendar, head_told_at_percent,
    CASE code WHEN 'COMPLIANCE' THEN jsonb_set(special, '{0,accepts}', '"PT15M"') ELSE special END,
    CASE WHEN code IN ('WAREHOUSE', 'LOGISTICS') THEN time '07:00'
        WHEN code IN ('AFTER_SALES', 'CUSTOMER_SERVICE') THEN time '08:00'
        WHEN code = 'MERCHANT_CARE' THEN time '09:00' END,
    CASE WHEN code IN ('WAREHOUSE', 'LOGISTICS') THEN time '23:00'
        WHEN code IN ('AFTER_SALES', 'CUSTOMER_SERVICE') THEN time '22:00'
        WHEN code = 'MERCHANT_CARE' THEN time '21:00' END,
    CASE WHEN code IN ('MERCHANDISING', 'PAGE_OPERATIONS') THEN ARRAY['WEEKENDS']
        WHEN code = 'MARKETING' THEN ARRAY['CAMPAIGN_DAYS']
        WHEN code = 'COMPLIANCE' THEN ARRAY['ON_CALL_FOR_MAJOR'] ELSE '{}' END
FROM department WHERE version = '2026.1'
    AND EXISTS (SELECT FROM taxonomy WHERE version = '2026.2' AND created_by = 'system:ticket');

INSERT INTO category (version, code, parent, name_zh, name_en, phase, lead_department, informed_departments,
    complaint_priority, major)
SELECT '2026.2', code, parent, name_zh, name_en, phase, lead_department, informed_departments,
    complaint_priority, major
FROM category WHERE version = '2026.1'
    AND EXISTS (SELECT FROM taxonomy WHERE version = '2026.2' AND created_by = 'system:ticket');
