-- Location change requests.

-- :location_change_get one
-- scope: o p r a v, because a request in scope names them
SELECT c.id, c.version, c.number, c.organisation_id, o.name AS organisation,
  o.code, c.kind, c.state, c.place_id, p.name AS place,
  p.street AS now_street, p.postcode AS now_postcode, p.city AS now_city,
  c.name, c.street, c.postcode, c.city, c.departments, c.explanation,
  r.name AS requester, r.phone AS requester_phone,
  IF(r.state = 'active', r.email, NULL) AS requester_email,
  r.lang AS requester_lang,
  v.name AS advisor, IF(v.state = 'active', v.email, NULL) AS advisor_email,
  v.lang AS advisor_lang,
  b.name AS branch, b.email AS branch_email, b.phone AS branch_phone,
  DATE_FORMAT(c.asked_at, '%Y-%m-%dT%H:%i:%sZ') AS asked_at,
  a.name AS answered_by,
  DATE_FORMAT(c.answered_at, '%Y-%m-%dT%H:%i:%sZ') AS answered_at, c.reason
FROM location_change c
JOIN organisation o ON o.id = c.organisation_id
JOIN branch b ON b.id = o.branch_id
JOIN account r ON r.id = c.requester_id
LEFT JOIN account a ON a.id = c.answered_by
LEFT JOIN account v ON v.id = o.advisor_id
LEFT JOIN place p ON p.id = c.place_id
WHERE c.number = :number AND {scope:location_change c}

-- :location_change_open one
SELECT c.number
FROM location_change c
WHERE c.place_id = :place AND c.state = 'asked'
AND {scope:location_change c}
LIMIT 1

-- :location_change_number exec
INSERT INTO counter (series, year, value)
VALUES ('location', :year, LAST_INSERT_ID(1))
ON DUPLICATE KEY UPDATE value = LAST_INSERT_ID(value + 1)

-- :location_change_insert exec
-- scope: none, because it is asked by an account for its own organisation
INSERT INTO location_change (number, organisation_id, kind, place_id, name,
  street, postcode, city, departments, explanation, requester_id)
VALUES (:number, :organisation, :kind, :place, :name, :street, :postcode,
  :city, :departments, :explanation, :requester)

-- :location_change_update exec
UPDATE location_change c
SET c.state = :state, c.place_id = :place, c.reason = :reason,
  c.answered_by = :actor, c.answered_at = UTC_TIMESTAMP(),
  c.version = c.version + 1
WHERE c.id = :id AND c.version = :version AND {scope:location_change c}
