-- The same page as it is usually written: eight queries and one for the
-- menu's counts, each in plain SQL.
-- A :name is a column of the requests.

-- :session
SELECT s.account_id, s.membership_id, s.seen_at, a.name, a.email, a.lang,
  m.portal, m.role, m.organisation_id, m.all_places,
  o.name AS organisation_name
FROM session s
JOIN account a ON a.id = s.account_id
JOIN membership m ON m.id = s.membership_id
JOIN organisation o ON o.id = m.organisation_id
WHERE s.id = UNHEX(:session) AND s.step = 'complete'
  AND s.seen_at >= UTC_TIMESTAMP() - INTERVAL 30 MINUTE
  AND s.created_at >= UTC_TIMESTAMP() - INTERVAL 12 HOUR
  AND a.state = 'active' AND a.password_set_at <= s.created_at
  AND m.account_id = s.account_id AND m.active AND o.active

-- :locations
SELECT id, name FROM place
WHERE organisation_id = :organisation AND kind = 'location' AND active
ORDER BY name

-- :departments
SELECT id, name FROM place
WHERE organisation_id = :organisation AND location_id = :location
  AND kind <> 'location' AND active
ORDER BY name

-- :categories
SELECT c.id, t.name FROM category c
JOIN category_text t ON t.category_id = c.id AND t.lang = 'nl'
WHERE c.parent_id IS NULL
ORDER BY t.name

-- :subcategories
SELECT c.id, t.name FROM category c
JOIN category_text t ON t.category_id = c.id AND t.lang = 'nl'
WHERE c.parent_id = 0
ORDER BY t.name

-- :types
SELECT p.id, CONCAT(p.make, ' ', p.type) AS name FROM product p
WHERE EXISTS (SELECT 1 FROM aid a
  WHERE a.product_id = p.id AND a.holder_id = :organisation)
ORDER BY name

-- :count
SELECT COUNT(*) FROM aid a
WHERE a.holder_id = :organisation AND a.location_id = :location
  AND a.status = :status AND a.status <> 'scrapped'

-- :rows
SELECT a.number, CONCAT(p.make, ' ', p.type) AS type, c.name AS category,
  s.name AS subcategory, l.name AS location,
  IF(d.kind = 'location', NULL, d.name) AS department, a.status,
  IF(a.owner_id <=> a.holder_id, 'owned', 'rented') AS ownership,
  IF(a.owner_id <=> a.holder_id, a.bought_on, a.rent_from) AS day,
  a.inspected_on
FROM aid a
JOIN product p ON p.id = a.product_id
JOIN category_text c ON c.category_id = a.category_id AND c.lang = 'nl'
JOIN category_text s ON s.category_id = a.subcategory_id AND s.lang = 'nl'
JOIN place d ON d.id = a.place_id
JOIN place l ON l.id = a.location_id
WHERE a.holder_id = :organisation AND a.location_id = :location
  AND a.status = :status AND a.status <> 'scrapped'
ORDER BY c.name, a.id
LIMIT 50

-- :waiting
SELECT
  (SELECT COUNT(*) FROM approval
    WHERE approver_id = :account AND verdict IS NULL) AS approvals,
  (SELECT COUNT(*) FROM request
    WHERE requester_id = :account AND state = 'proposed') AS actions,
  (SELECT COUNT(*) FROM message_unread
    WHERE account_id = :account AND side = 'customer') AS messages,
  (SELECT COUNT(*) FROM (SELECT 1 FROM aid
    WHERE holder_id = :organisation AND inspection_due < CURRENT_DATE
      AND status NOT IN ('out_of_service', 'scrapped') LIMIT 1000) o)
    AS inspections
