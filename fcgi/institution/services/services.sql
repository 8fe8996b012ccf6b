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

-- The aids that were picked, in that order: where each stands, what is under
-- way for it, and the number of a request for the same.
-- :service_aids many
-- scope: l p n q, because an aid in scope stands there, and of a request for it
-- only yes or no comes out
SELECT a.id, a.number, a.type_name AS name, a.status, a.owner_id,
  a.location_id, l.name AS location, a.place_id, p.name AS place,
  EXISTS (SELECT 1 FROM request_line n JOIN request q ON q.id = n.request_id
    WHERE n.aid_id = a.id
    AND q.kind IN ('move', 'from_depot', 'to_depot', 'pick_up')
    AND q.state NOT IN ('done', 'rejected', 'withdrawn', 'cancelled'))
  AS moving,
  (SELECT MAX(r.number) FROM request_line n JOIN request r
      ON r.id = n.request_id
    WHERE n.aid_id = a.id AND r.kind = :kind
    AND r.state NOT IN ('done', 'rejected', 'withdrawn', 'cancelled')
    AND {scope:request r}) AS running
FROM JSON_TABLE(:numbers, '$[*]' COLUMNS (position FOR ORDINALITY,
  number INT UNSIGNED PATH '$')) j
JOIN aid a ON a.number = j.number
JOIN place p ON p.id = a.place_id
LEFT JOIN place l ON l.id = a.location_id
WHERE {scope:aid a}
ORDER BY j.position
