INSERT INTO rule_version (version, waiting_percent, vip_in_a_row) VALUES ('2026.1', 20, 3);
INSERT INTO ledger (id, rule_version) VALUES (1, '2026.1');

INSERT INTO province (rule_version, code, name, name_zh, territory)
SELECT '2026.1', code, name, name_zh, territory
FROM (VALUES
    ('11', 'Beijing', '北京', 'NORTH'),
    ('12', 'Tianjin', '天津', 'NORTH'),
    ('13', 'Hebei', '河北', 'NORTH'),
    ('14', 'Shanxi', '山西', 'NORTH'),
    ('15', 'Inner Mongolia', '内蒙古', 'NORTH'),
    ('21', 'Liaoning', '辽宁', 'NORTHEAST'),
    ('22', 'Jilin', '吉林', 'NORTHEAST'),
    ('23', 'Heilongjiang', '黑龙江', 'NORTHEAST'),
    ('31', 'Shanghai', '上海', 'EAST'),
    ('32', 'Jiangsu', '江苏', 'EAST'),
    ('33', 'Zhejiang', '浙江', 'EAST'),
    ('34', 'Anhui', '安徽', 'EAST'),
    ('35', 'Fujian', '福建', 'EAST'),
    ('36', 'Jiangxi', '江西', 'EAST'),
    ('37', 'Shandong', '山东', 'EAST'),
    ('41', 'Henan', '河南', 'CENTRAL'),
    ('42', 'Hubei', '湖北', 'CENTRAL'),
    ('43', 'Hunan', '湖南', 'CENTRAL'),
    ('44', 'Guangdong', '广东', 'SOUTH'),
    ('45', 'Guangxi', '广西', 'SOUTH'),
    ('46', 'Hainan', '海南', 'SOUTH'),
    ('50', 'Chongqing', '重庆', 'SOUTHWEST'),
    ('51', 'Sichuan', '四川', 'SOUTHWEST'),
    ('52', 'Guizhou', '贵州', 'SOUTHWEST'),
    ('53', 'Yunnan', '云南', 'SOUTHWEST'),
    ('54', 'Tibet', '西藏', 'SOUTHWEST'),
    ('61', 'Shaanxi', '陕西', 'NORTHWEST'),
    ('62', 'Gansu', '甘肃', 'NORTHWEST'),
    ('63', 'Qinghai', '青海', 'NORTHWEST'),
    ('64', 'Ningxia', '宁夏', 'NORTHWEST'),
    ('65', 'Xinjiang', '新疆', 'NORTHWEST'),
    ('71', 'Taiwan', '台湾', 'EAST'),
    ('81', 'Hong Kong', '香港', 'SOUTH'),
    ('82', 'Macao', '澳门', 'SOUTH')
) AS seed (code, name, name_zh, territory);

-- Area codes by their leading digits, the longest one that fits; country codes begin with a plus.
INSERT INTO phone_prefix (rule_version, prefix, province)
SELECT '2026.1', unnest(string_to_array(prefixes, ' ')), province
FROM (VALUES
    ('11', '010'), ('12', '022'), ('13', '031 033'), ('14', '034 035'), ('15', '047 048'),
    ('21', '024 041 042'), ('22', '043 044'), ('23', '045 046'),
    ('31', '021'), ('32', '025 051 052'), ('33', '057 058'), ('34', '055 056'), ('35', '059'),
    ('36', '070 079'), ('37', '053 054 063'),
    ('41', '037 039'), ('42', '027 071 072'), ('43', '073 074'),
    ('44', '020 066 075 076'), ('45', '077'), ('46', '0898'),
    ('50', '023'), ('51', '028 081 082 083'), ('52', '085'), ('53', '069 087 088'), ('54', '089'),
    ('61', '029 091'), ('62', '093 094'), ('63', '097'), ('64', '095'), ('65', '090 099'),
    ('71', '+886'), ('81', '+852'), ('82', '+853')
) AS seed (province, prefixes);

INSERT INTO home (rule_version, place, territory) VALUES
    ('2026.1', 'OVERSEAS', 'EAST'),
    ('2026.1', 'MERCHANT', 'EAST');

INSERT INTO level_rule (rule_version, level, capacity, open_bound, takes_major) VALUES
    ('2026.1', 'JUNIOR', 60, 25, false),
    ('2026.1', 'INTERMEDIATE', 80, 35, false),
    ('2026.1', 'SENIOR', 100, 45, true);

INSERT INTO may_take (rule_version, level, kind, priority) VALUES
    ('2026.1', 'JUNIOR', 'CONSULTATION', NULL),
    ('2026.1', 'JUNIOR', 'REQUEST', NULL),
    ('2026.1', 'INTERMEDIATE', 'CONSULTATION', NULL),
    ('2026.1', 'INTERMEDIATE', 'REQUEST', NULL),
    ('2026.1', 'INTERMEDIATE', 'COMPLAINT', 'LOW'),
    ('2026.1', 'INTERMEDIATE', 'COMPLAINT', 'NORMAL'),
    ('2026.1', 'INTERMEDIATE', 'SUGGESTION', NULL),
    ('2026.1', 'SENIOR', NULL, NULL);

INSERT INTO work_rule
    (rule_version, rank, kind, priority, channel, major, points, head_start_minutes)
VALUES
    ('2026.1', 10, NULL, NULL, NULL, 'REGULATOR', 40, 120),
    ('2026.1', 20, NULL, NULL, NULL, 'ANY', 50, 120),
    ('2026.1', 30, 'COMPLAINT', 'URGENT', NULL, NULL, 30, 60),
    ('2026.1', 40, 'COMPLAINT', 'HIGH', NULL, NULL, 30, 60),
    ('2026.1', 50, 'COMPLAINT', NULL, NULL, NULL, 20, 30),
    ('2026.1', 60, 'CONSULTATION', NULL, 'CHAT', NULL, 20, 30),
    ('2026.1', 70, 'CONSULTATION', NULL, NULL, NULL, 10, 10),
    ('2026.1', 80, 'REQUEST', NULL, NULL, NULL, 15, 15),
    ('2026.1', 90, 'SUGGESTION', NULL, NULL, NULL, 10, 0),
    ('2026.1', 100, NULL, NULL, NULL, NULL, 20, 0);

REVOKE UPDATE, DELETE ON rule_version, province, phone_prefix, home, level_rule, may_take, work_rule
    FROM "${app}";
