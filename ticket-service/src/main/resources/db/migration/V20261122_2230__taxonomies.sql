-- What tickets are about, and who answers for it, in versions that are never changed.
CREATE TABLE taxonomy (
    version     text PRIMARY KEY,
    valid_from  timestamptz NOT NULL,
    base        text REFERENCES taxonomy,
    created_by  text NOT NULL,
    created_at  timestamptz NOT NULL DEFAULT clock_timestamp()
);
INSERT INTO taxonomy (version, valid_from, created_by)
VALUES ('2026.1', '2000-01-01T00:00:00Z', 'system:ticket');

CREATE TABLE department (
    version               text NOT NULL REFERENCES taxonomy,
    code                  text NOT NULL,
    name_zh               text NOT NULL,
    name_en               text NOT NULL,
    sponsor               text,
    calendar              text NOT NULL,
    accepts_s             bigint NOT NULL CHECK (accepts_s > 0),
    answers_s             bigint NOT NULL CHECK (answers_s > 0),
    answers_pressing_s    bigint CHECK (answers_pressing_s > 0),
    answer_calendar       text,
    head_told_at_percent  integer NOT NULL,
    special               jsonb NOT NULL DEFAULT '[]',
    PRIMARY KEY (version, code),
    FOREIGN KEY (version, sponsor) REFERENCES department DEFERRABLE INITIALLY DEFERRED
);

INSERT INTO department (version, code, name_zh, name_en, sponsor, calendar, accepts_s, answers_s, answers_pressing_s, answer_calendar, head_told_at_percent, special) VALUES
    ('2026.1', 'MERCHANDISING', '采销', 'Merchandising', NULL, 'OFFICE', 7200, 28800, 14400, NULL, 150, '[]'),
    ('2026.1', 'WAREHOUSE', '仓储', 'Warehouse', NULL, 'EVERYDAY', 1800, 14400, 7200, NULL, 150, '[]'),
    ('2026.1', 'LOGISTICS', '物流', 'Logistics, carriers', NULL, 'EVERYDAY', 1800, 14400, 7200, NULL, 150, '[{"nameZh": "包裹找到或确认丢失", "nameEn": "lost parcel found or declared lost", "answers": "PT48H", "byLaw": false}]'),
    ('2026.1', 'AFTER_SALES', '售后', 'After-sales, repair, installation', NULL, 'EVERYDAY', 3600, 28800, 14400, NULL, 150, '[{"nameZh": "退货检测", "nameEn": "inspection of a return", "answers": "PT48H", "byLaw": false}]'),
    ('2026.1', 'PAGE_OPERATIONS', '运营', 'Product page, operations', NULL, 'OFFICE', 3600, 28800, 14400, NULL, 150, '[{"nameZh": "页面错价或错误宣传", "nameEn": "wrong price or claim on a page", "answers": "PT30M", "byLaw": false}]'),
    ('2026.1', 'IT', '技术', 'Technology', NULL, 'ALWAYS', 900, 14400, NULL, NULL, 100, '[]'),
    ('2026.1', 'FINANCE', '财务', 'Finance, payment, invoices', NULL, 'OFFICE', 7200, 86400, NULL, 'WORKDAYS', 150, '[{"nameZh": "收到退货后退款", "nameEn": "refund after the goods are back", "answers": "PT168H", "byLaw": true}]'),
    ('2026.1', 'MARKETING', '市场', 'Marketing, promotions, membership', NULL, 'OFFICE', 7200, 86400, NULL, 'WORKDAYS', 150, '[]'),
    ('2026.1', 'SUPPLIER', '供应商', 'Supplier, manufacturer', 'MERCHANDISING', 'OFFICE', 14400, 172800, NULL, 'WORKDAYS', 200, '[]'),
    ('2026.1', 'CUSTOMER_SERVICE', '客服中心', 'Customer service itself, quality checks', NULL, 'EVERYDAY', 3600, 28800, 14400, NULL, 150, '[]'),
    ('2026.1', 'MERCHANT_CARE', '商家管理', 'Sellers on the marketplace', NULL, 'EVERYDAY', 7200, 86400, NULL, 'ALWAYS', 100, '[{"nameZh": "商家举证", "nameEn": "evidence of the seller", "answers": "PT48H", "byLaw": false}]'),
    ('2026.1', 'COMPLIANCE', '法务合规', 'Legal, safety, personal data', NULL, 'OFFICE', 3600, 86400, NULL, 'WORKDAYS', 100, '[{"nameZh": "重大事项", "nameEn": "major matters", "answers": "PT4H", "byLaw": false}]');

ALTER TABLE category DROP CONSTRAINT category_parent_fkey;
ALTER TABLE category DROP CONSTRAINT category_pkey;
ALTER TABLE category
    ADD PRIMARY KEY (version, code),
    ADD FOREIGN KEY (version) REFERENCES taxonomy,
    ADD FOREIGN KEY (version, parent) REFERENCES category DEFERRABLE INITIALLY DEFERRED,
    ADD FOREIGN KEY (version, lead_department) REFERENCES department;

REVOKE UPDATE, DELETE, TRUNCATE ON taxonomy, department, category FROM "${app}";
