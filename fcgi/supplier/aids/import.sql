-- Aids from a file: what its rows are held against.

-- :aid_import_products many
SELECT d.id, d.number, CONCAT(d.make, ' ', d.type) AS name,
  s.inspection_months
FROM product d
JOIN category s ON s.id = d.category_id

-- :aid_import_holders many
SELECT o.id, o.code, o.name
FROM organisation o
WHERE {scope:organisation o} AND o.kind = 'institution' AND o.active

-- :aid_import_places many
-- scope: l, because it names where a place in scope lies
SELECT p.id, p.organisation_id AS holder, p.name,
  IF(p.location_id = p.id, NULL, l.name) AS location
FROM place p
LEFT JOIN place l ON l.id = p.location_id
WHERE {scope:place p} AND p.active
AND (p.organisation_id IS NOT NULL OR p.kind = 'depot')

-- :aid_import_number one
SELECT a.id, a.number, a.serial, a.product_id, a.owner_id, a.holder_id,
  a.place_id, a.status, a.condition_grade, a.bought_on, a.price_cents,
  a.rent_from, a.day_cents, a.inspected_on, a.version
FROM aid a
WHERE a.number = :number AND {scope:aid a}

-- :aid_import_serial many
SELECT a.number
FROM aid a
WHERE a.serial = :serial AND a.product_id = :product AND {scope:aid a}
ORDER BY a.number
LIMIT 2

-- Is it another branch's? Then it is not seen, but taken.
-- :aid_import_taken one
-- scope: none, because only that it is taken comes out
SELECT a.id FROM aid a WHERE a.number = :number

-- Imports go one after the other: each sees what the one before it made.
-- :aid_import_turn many
SELECT c.value FROM counter c WHERE c.series = 'aid' FOR UPDATE

-- As it is now, not as it was when the transaction began to read.
-- :aid_import_made many
SELECT a.number
FROM aid a
WHERE a.serial = :serial AND a.product_id = :product AND {scope:aid a}
LIMIT 1
FOR UPDATE
