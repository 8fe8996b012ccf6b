-- Each location before what lies in it; place: its request that waits.
-- :locations_own many
-- scope: l c, because a place in scope lies there, or is asked to be changed
SELECT p.id, p.kind, p.name, p.street, p.postcode, p.city,
  COALESCE(p.location_id, p.id) AS top,
  (SELECT MAX(c.number) FROM location_change c
    WHERE c.place_id = p.id AND c.state = 'asked') AS asked
FROM place p
LEFT JOIN place l ON l.id = p.location_id
WHERE p.active AND {scope:my_place p}
ORDER BY COALESCE(l.name, p.name), top, p.id <> top, p.name
