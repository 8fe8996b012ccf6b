-- What only the demo has: its size, its accounts, work in every state.

-- :5,000 aids in 3 organisations, 14 locations, 60 departments
SELECT 'count' FROM (SELECT
  (SELECT COUNT(*) FROM aid WHERE holder_id IS NOT NULL) AS aids,
  (SELECT COUNT(*) FROM organisation) AS organisations,
  (SELECT COUNT(*) FROM place WHERE kind = 'location') AS locations,
  (SELECT COUNT(*) FROM place WHERE kind = 'department') AS departments) x
WHERE aids <> 5000 OR organisations <> 3 OR locations <> 14
OR departments <> 60

-- :the demo accounts can log in, and nobody else
SELECT COALESCE(d.email, a.email) FROM (
  SELECT a.email FROM account a JOIN factor f ON f.account_id = a.id
  WHERE a.state = 'active' AND a.password_hash LIKE '$argon2id$%') a
RIGHT JOIN (
  WITH boxes (domain, box) AS (
    VALUES ('lindenhof', 'beheer'), ('lindenhof', 'rol1'),
    ('lindenhof', 'rol2'), ('lindenhof', 'rol3'), ('lindenhof', 'rol4'),
    ('lindenhof', 'rol5'), ('lindenhof', 'rol6'), ('lindenhof', 'rol7'),
    ('lindenhof', 'ergo'), ('terpen', 'beheer'), ('terpen', 'rol2'),
    ('terpen', 'ergo'), ('zorgmiddelen-noord', 'adviseur'),
    ('zorgmiddelen-noord', 'planner'), ('zorgmiddelen-noord', 'klantenservice'),
    ('zorgmiddelen-noord', 'catalogus'), ('zorgmiddelen-noord', 'financien'),
    ('zorgmiddelen-noord', 'systeem'), ('zorgmiddelen-noord', 'privacy'))
  SELECT CONCAT(box, '@', domain, '.example') AS email FROM boxes) d
ON d.email = a.email
WHERE a.email IS NULL
UNION SELECT COUNT(*) FROM factor HAVING COUNT(*) <> 19
UNION SELECT COUNT(*) FROM account WHERE password_hash IS NOT NULL
HAVING COUNT(*) <> 19

-- :repairs in every state at Lindenhof and Terpen
SELECT o.code, s.state FROM organisation o
JOIN (
  WITH states (state) AS (VALUES ('awaiting_approval'), ('awaiting_signature'),
    ('signature_refused'), ('submitted'), ('accepted'), ('proposed'),
    ('planned'), ('in_progress'), ('done'), ('on_hold'), ('rejected'),
    ('withdrawn'), ('cancelled'))
  SELECT state FROM states) s
WHERE o.code IN ('lindenhof', 'terpen')
AND NOT EXISTS (SELECT 1 FROM request q WHERE q.organisation_id = o.id
  AND q.kind = 'repair' AND q.state = s.state)

-- :the other services planned, under way, and by the organisation itself
SELECT o.code, k.kind, s.state FROM organisation o
JOIN (WITH kinds (kind) AS (VALUES ('move'), ('from_depot'), ('to_depot'))
  SELECT kind FROM kinds) k
JOIN (WITH states (state) AS (VALUES ('awaiting_approval'), ('submitted'),
    ('planned'), ('in_progress'), ('own_planned'), ('done'))
  SELECT state FROM states) s
WHERE o.code IN ('lindenhof', 'terpen')
AND NOT EXISTS (SELECT 1 FROM request q WHERE q.organisation_id = o.id
  AND q.kind = k.kind AND q.state = s.state)

-- :aids in every status at Lindenhof and Terpen
SELECT o.code, s.status FROM organisation o
JOIN (WITH statuses (status) AS (VALUES ('in_use'), ('in_depot'),
    ('in_transport'), ('in_cleaning'), ('in_repair'), ('out_of_service'),
    ('scrapped'))
  SELECT status FROM statuses) s
WHERE o.code IN ('lindenhof', 'terpen')
AND NOT EXISTS (SELECT 1 FROM aid a WHERE a.holder_id = o.id
  AND a.status = s.status)

-- :most aids are in use
SELECT AVG(status = 'in_use') AS share FROM aid WHERE holder_id IS NOT NULL
HAVING share NOT BETWEEN 0.82 AND 0.94

-- :rented aids went from one customer to another
SELECT COUNT(*) AS reused FROM (SELECT aid_id FROM rental GROUP BY aid_id
  HAVING COUNT(DISTINCT organisation_id) > 1) x
HAVING reused < 100

-- :inspections are due, and a few overdue
SELECT AVG(inspection_due < @today) AS share FROM aid
WHERE holder_id IS NOT NULL AND inspection_due IS NOT NULL
HAVING share NOT BETWEEN 0.01 AND 0.12

-- :each way that an inspection ends is there
SELECT s.result FROM (SELECT 'approved' AS result UNION ALL SELECT 'remarks'
  UNION ALL SELECT 'rejected') s
WHERE NOT EXISTS (SELECT 1 FROM inspection i JOIN organisation o
  ON o.id = i.organisation_id WHERE o.code = 'lindenhof'
  AND i.result = s.result)

-- :the lift of the mock-ups is in use, and free
SELECT 204817 FROM (SELECT 1) x
WHERE NOT EXISTS (SELECT 1 FROM aid a
  JOIN product d ON d.id = a.product_id
  JOIN place p ON p.id = a.place_id JOIN place l ON l.id = a.location_id
  WHERE a.number = 204817 AND a.serial = 'TL2-0094-7731'
  AND d.type = 'Actieve tillift Tillo 200' AND a.status = 'in_use'
  AND p.name = 'Duin' AND l.name = 'Havenzicht')
UNION SELECT q.number FROM request q
JOIN request_line n ON n.request_id = q.id JOIN aid a ON a.id = n.aid_id
WHERE a.number = 204817 AND q.state <> 'done'

-- :rol2 needs no authorisation for a repair, rol4 does
SELECT c.email FROM account c JOIN membership m ON m.account_id = c.id
LEFT JOIN service_authoriser s
  ON s.membership_id = m.id AND s.kind = 'repair'
WHERE (c.email LIKE 'rol2@%' AND s.kind IS NOT NULL)
OR (c.email = 'rol4@lindenhof.example' AND s.kind IS NULL)

-- :rol2 of Lindenhof sees some locations, Havenzicht among them
SELECT c.email FROM account c JOIN membership m ON m.account_id = c.id
WHERE c.email = 'rol2@lindenhof.example'
AND (m.all_places OR NOT EXISTS (
  SELECT 1 FROM membership_place t JOIN place p ON p.id = t.place_id
  WHERE t.membership_id = m.id AND t.whole_subtree
  AND p.name = 'Havenzicht'))

-- :the ergotherapist of Lindenhof works for Terpen too, and it says why
SELECT COUNT(*) AS organisations FROM membership m
JOIN account c ON c.id = m.account_id
WHERE c.email = 'ergo@lindenhof.example' AND m.portal = 'professional'
HAVING COUNT(*) <> 2 OR COUNT(m.reason) < 1

-- :an aid of rol2 of Lindenhof is stored with the supplier, and free
SELECT COUNT(*) AS stored FROM aid a
JOIN place p ON p.id = a.place_id AND p.organisation_id IS NULL
JOIN place h ON h.id = a.home_place_id
JOIN membership_place t ON t.place_id = h.location_id AND t.whole_subtree
JOIN membership m ON m.id = t.membership_id AND m.organisation_id = a.holder_id
JOIN account c ON c.id = m.account_id AND c.email = 'rol2@lindenhof.example'
WHERE a.status = 'in_depot' AND NOT EXISTS (
  SELECT 1 FROM request_line n JOIN request q ON q.id = n.request_id
  WHERE n.aid_id = a.id
  AND q.state NOT IN ('done', 'rejected', 'withdrawn', 'cancelled'))
HAVING stored < 1

-- :a branch has a few late, and not much under way
SELECT q.branch_id, SUM(q.due_on < @today AND q.state IN ('submitted',
  'accepted', 'proposed', 'planned')) AS late,
  SUM(q.state = 'in_progress') AS under_way, COUNT(*) AS open
FROM request q WHERE q.due_on < '9999-12-31' GROUP BY q.branch_id
HAVING late NOT BETWEEN 1 AND open / 15
OR under_way NOT BETWEEN 3 AND open / 6
