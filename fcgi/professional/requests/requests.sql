-- Choices of the professionals' overview.

-- :my_organisations many
SELECT o.id AS value, o.name AS label
FROM organisation o
WHERE {scope:organisation o} AND o.active
ORDER BY o.name

-- :my_locations_of many
SELECT p.id AS value, p.name AS label
FROM place p
WHERE {scope:my_place p} AND p.kind = 'location' AND p.active
  AND p.organisation_id = :parent
ORDER BY p.name
