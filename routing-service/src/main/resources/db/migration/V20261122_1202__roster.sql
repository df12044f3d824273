INSERT INTO team (id, name, name_zh, territory, tier) VALUES
    ('north', 'North team', '华北一线', 'NORTH', 1),
    ('northeast', 'Northeast team', '东北一线', 'NORTHEAST', 1),
    ('east', 'East team', '华东一线', 'EAST', 1),
    ('south', 'South team', '华南一线', 'SOUTH', 1),
    ('central', 'Central team', '华中一线', 'CENTRAL', 1),
    ('northwest', 'Northwest team', '西北一线', 'NORTHWEST', 1),
    ('southwest', 'Southwest team', '西南一线', 'SOUTHWEST', 1),
    ('tier-2-desk', 'Specialists', '专家组', NULL, 2),
    ('tier-3-complaints', 'Complaint management', '客诉管理', NULL, 3),
    ('tier-4-duty', 'Duty manager', '值班经理', NULL, 4);

-- Invented people.
INSERT INTO agent (id, name, team, level)
SELECT 'agent-' || team || '-' || n, names[n], team, levels[n]
FROM (VALUES
    ('north', ARRAY['周雨桐', '赵立冬', '孙晓楠', '何嘉木']),
    ('northeast', ARRAY['于海洋', '关雪松', '佟小满', '白凌霄']),
    ('east', ARRAY['沈清和', '陆知远', '顾念慈', '钱书瑶']),
    ('south', ARRAY['林嘉欣', '黄志谦', '梁可儿', '陈泽楷']),
    ('central', ARRAY['胡静怡', '彭博文', '向晚晴', '邓子衿']),
    ('northwest', ARRAY['马思远', '杨朔方', '白若兰', '石磊']),
    ('southwest', ARRAY['罗锦江', '冉秋实', '唐小渝', '段云飞'])
) AS seed (team, names)
CROSS JOIN (SELECT ARRAY['SENIOR', 'SENIOR', 'INTERMEDIATE', 'JUNIOR'] AS levels) AS mixed
CROSS JOIN generate_series(1, 4) AS n;

INSERT INTO agent (id, name, team, level) VALUES
    ('escalation-2-1', '韩映雪', 'tier-2-desk', 'SENIOR'),
    ('escalation-2-2', '苏慕言', 'tier-2-desk', 'SENIOR'),
    ('escalation-3-1', '程望舒', 'tier-3-complaints', 'SENIOR'),
    ('escalation-3-2', '江予安', 'tier-3-complaints', 'SENIOR'),
    ('escalation-4-1', '秦守正', 'tier-4-duty', 'SENIOR');
