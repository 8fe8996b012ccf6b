-- A day's work of a branch (S5): where to go, and what for.

-- Of one mechanic, of nobody (nobody TRUE), or all; in the order of the day.
-- :round_jobs many
-- scope: o l d t u m k, because a request in scope names them
SELECT q.id, q.number, q.kind, q.state, q.planned_part AS part,
  IF(q.planned_on IS NULL, NULL, q.mechanic_id) AS mechanic_id,
  q.mechanic, m.phone AS mechanic_phone,
  o.name AS organisation, l.name AS location,
  COALESCE(d.street, l.street) AS street,
  COALESCE(d.postcode, l.postcode) AS postcode,
  COALESCE(d.city, l.city) AS city,
  IF(d.id = l.id, NULL, d.name) AS department,
  t.name AS to_place, u.name AS to_location,
  COALESCE(t.street, u.street) AS to_street,
  COALESCE(t.postcode, u.postcode) AS to_postcode,
  COALESCE(t.city, u.city) AS to_city,
  q.contact_name, q.contact_phone, q.description, q.message, q.reference,
  k.id AS client_id, k.name AS client, k.room
FROM request q
JOIN organisation o ON o.id = q.organisation_id
JOIN place l ON l.id = q.location_id
JOIN place d ON d.id = q.place_id
LEFT JOIN place t ON t.id = q.to_place_id
LEFT JOIN place u ON u.id = t.location_id
LEFT JOIN mechanic m ON m.id = q.mechanic_id
LEFT JOIN client k ON k.id = q.client_id
WHERE q.day_on = :date
AND (:mechanic IS NULL
  OR q.mechanic_id = :mechanic AND q.planned_on IS NOT NULL)
AND (NOT :nobody OR q.mechanic_id IS NULL OR q.planned_on IS NULL)
AND (:branch IS NULL OR q.branch_id = :branch)
AND (:kind IS NULL OR q.kind = :kind)
AND {scope:request q}
ORDER BY q.planned_on IS NULL OR q.mechanic_id IS NULL, q.mechanic,
  q.mechanic_id,
  FIELD(IFNULL(q.planned_part, 'day'), 'morning', 'afternoon', 'day'),
  l.name, q.id
LIMIT 501

-- The aids of that day's work, whosever it is.
-- :round_aids many
-- scope: n a, because a request in scope has them
SELECT n.request_id, a.number, COALESCE(CONCAT(p.make, ' ', p.type),
    CONCAT(r.make, ' ', r.type)) AS type
FROM request q
JOIN request_line n ON n.request_id = q.id
LEFT JOIN aid a ON a.id = n.aid_id
LEFT JOIN product p ON p.id = a.product_id
LEFT JOIN product r ON r.id = n.product_id
WHERE q.day_on = :date AND (:branch IS NULL OR q.branch_id = :branch)
AND {scope:request q}
ORDER BY n.request_id, n.position

-- Who works there, for links and filters.
-- :work_mechanics many
SELECT m.id AS value, m.name AS label
FROM mechanic m
WHERE m.ended_on IS NULL AND {scope:mechanic m}
ORDER BY m.name

-- One who is asked for, whether working there still or not.
-- :round_mechanic one
SELECT m.name, m.phone
FROM mechanic m
WHERE m.id = :id AND {scope:mechanic m}
