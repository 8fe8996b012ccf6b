-- Managing aids: what there is to choose from.

-- :aid_products many
SELECT d.id AS value, CONCAT(d.make, ' ', d.type, ' (', d.number, ')') AS label
FROM product d
ORDER BY d.make, d.type

-- Whose hands an aid can be in; 0: the supplier's own stock.
-- :aid_holders many
SELECT v.value, v.label FROM (
  SELECT 0 AS value, NULL AS label
  UNION ALL
  SELECT o.id, o.name
  FROM organisation o
  WHERE {scope:organisation o} AND o.kind = 'institution' AND o.active) v
ORDER BY v.label IS NOT NULL, v.label

-- Of a customer's places each with its location; and the supplier's depots.
-- :aid_places many
-- scope: l, because it names where a place in scope lies
SELECT p.id AS value, IF(l.id IS NULL OR l.id = p.id, p.name,
  CONCAT(l.name, ', ', p.name)) AS label
FROM place p
LEFT JOIN place l ON l.id = p.location_id
WHERE {scope:place p} AND p.active
AND (p.organisation_id = :parent
  OR p.organisation_id IS NULL AND p.kind = 'depot')
ORDER BY p.organisation_id IS NULL, l.name, p.kind <> 'location', p.name
