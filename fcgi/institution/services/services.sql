-- Departments and depots of a location, and the location itself: unnamed.
-- :my_places_at many
SELECT p.id AS value, IF(p.kind = 'location', NULL, p.name) AS label
FROM place p
WHERE {scope:my_place p} AND p.location_id = :parent AND p.active
ORDER BY p.kind = 'location', p.name

-- Who must approve what this account asks for.
-- :my_authoriser one
-- scope: s o, because they hang on a membership in scope
SELECT o.name
FROM service_authoriser s
JOIN membership m ON m.id = s.membership_id
JOIN account o ON o.id = s.authoriser_id
WHERE s.membership_id = :membership AND s.kind = :kind
  AND s.authoriser_id <> m.account_id AND {scope:membership m}
