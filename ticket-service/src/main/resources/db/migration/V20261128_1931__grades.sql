-- What is no grade never counted as one.
UPDATE customer SET grade = 'NORMAL'
WHERE grade NOT IN ('NORMAL', 'MEMBER', 'KEY', 'ENTERPRISE');
ALTER TABLE customer ADD CONSTRAINT customer_grade_known
    CHECK (grade IN ('NORMAL', 'MEMBER', 'KEY', 'ENTERPRISE'));
