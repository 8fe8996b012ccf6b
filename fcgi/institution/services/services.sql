-- Departments and depots of a location, and the location itself: unnamed.
-- :my_places_at many
SELECT p.id AS value, IF(p.kind = 'location', NULL, p.name) AS label
FROM place p
WHERE {scope:my_place p} AND p.location_id = :parent AND p.active
ORDER BY p.kind = 'location', p.name

-- The same without depots: where an aid is brought to be used.
-- :my_departments_at many
SELECT p.id AS value, IF(p.kind = 'location', NULL, p.name) AS label
FROM place p
WHERE {scope:my_place p} AND p.location_id = :parent AND p.active
  AND p.kind <> 'depot'
ORDER BY p.kind = 'location', p.name

-- Depots of the organisation, named with their location, and the supplier's.
-- :my_depots many
-- scope: l, because it names where a place in scope lies
SELECT p.id AS value, CONCAT_WS(', ', p.name, l.name) AS label
FROM place p
LEFT JOIN place l ON l.id = p.location_id
WHERE {scope:place p} AND p.kind = 'depot' AND p.active
ORDER BY p.organisation_id IS NULL, l.name, p.name

-- Who must approve what this account asks for.
-- :my_authoriser one
-- scope: s o, because they hang on a membership in scope
SELECT o.name
FROM service_authoriser s
JOIN membership m ON m.id = s.membership_id
JOIN account o ON o.id = s.authoriser_id
WHERE s.membership_id = :membership AND s.kind = :kind
  AND s.authoriser_id <> m.account_id AND {scope:membership m}
