-- Inspections of aids: entered, and read for a certificate.

-- :inspection_aid one
-- scope: h, because it names whose list an aid in scope stands on
SELECT a.id, a.number, a.type_name, a.serial, a.location_name, a.place_name,
  h.name AS organisation, a.status, a.inspected_on, a.inspection_result,
  a.inspection_due, c.inspection_months, a.version
FROM aid a
JOIN category c ON c.id = a.subcategory_id
LEFT JOIN organisation h ON h.id = a.holder_id
WHERE a.number = :number AND a.status <> 'scrapped' AND {scope:aid a}

-- As it is now.
-- :inspection_aid_now one
-- scope: p, because it is where an aid in scope stands
SELECT a.id, a.status, a.holder_id, a.place_id,
  a.inspection_result <=> 'rejected' AS was_rejected,
  (SELECT p.kind = 'depot' FROM place p WHERE p.id = a.place_id) AS in_depot
FROM aid a
WHERE a.id = :id AND a.status <> 'scrapped' AND {scope:aid a}
FOR UPDATE

-- As a request has its own: the row stays locked to the end.
-- :inspection_number exec
INSERT INTO counter (series, year, value)
VALUES ('inspection', :year, LAST_INSERT_ID(1))
ON DUPLICATE KEY UPDATE value = LAST_INSERT_ID(value + 1)

-- :inspection_of_aid exec
-- scope: none, because inspection_enter() read the aid in scope
UPDATE aid
SET status = :status, inspected_on = :day, inspection_result = :result,
  inspection_due = :next, version = version + 1
WHERE id = :id

-- The history has it since it was asked for.
-- :inspection_event_done exec
-- scope: none, because it follows the work on a request read in scope
UPDATE aid_event
SET done_on = :day, cost_cents = :cost,
  summary = IF(:summary = '', summary, LEFT(:summary, 200))
WHERE request_id = :request AND aid_id = :aid

-- :inspection_event_of one
-- scope: none, because it follows the work on a request read in scope
SELECT e.id
FROM aid_event e
WHERE e.request_id = :request AND e.aid_id = :aid

-- :inspection_event_insert exec
-- scope: none, because inspection_enter() read the aid in scope
INSERT INTO aid_event (aid_id, organisation_id, kind, summary, asked_on,
  done_on, actor_id, from_place_id, cost_cents)
VALUES (:aid, :organisation, 'inspection', LEFT(:summary, 200), :day, :day,
  :actor, :place, :cost)

-- :inspection_line_done exec
-- scope: none, because it follows the work on a request read in scope
UPDATE request_line
SET state = 'done', done_on = :day
WHERE request_id = :request AND aid_id = :aid

-- :inspection_insert exec
-- scope: none, because inspection_enter() read the aid in scope
INSERT INTO inspection (number, aid_id, organisation_id, place_id, request_id,
  aid_event_id, result, inspected_on, next_on, inspector, remark, actor_id)
VALUES (:number, :aid, :organisation, :place, :request, :event, :result, :day,
  :next, :inspector, :remark, :actor)

-- Seen as the event of the aid's history that it is.
-- :inspection_get one
-- scope: a p l o q, because an inspection in scope names them
SELECT i.id, i.number, i.organisation_id, i.result, i.inspected_on, i.next_on,
  i.inspector, i.remark,
  DATE_FORMAT(i.created_at, '%Y-%m-%dT%H:%i:%sZ') AS created_at,
  a.number AS aid, d.make, d.type, a.serial, ct.name AS category, d.number
    AS article, p.name AS place, l.name AS location, l.street, l.postcode,
  l.city, o.name AS organisation, q.number AS request,
  b.name AS branch, b.phone, b.email, b.street AS branch_street,
  b.postcode AS branch_postcode, b.city AS branch_city
FROM inspection i
JOIN aid a ON a.id = i.aid_id
JOIN product d ON d.id = a.product_id
LEFT JOIN category_text ct ON ct.category_id = d.category_id
  AND ct.lang = :lang
JOIN place p ON p.id = i.place_id
LEFT JOIN place l ON l.id = p.location_id
LEFT JOIN organisation o ON o.id = i.organisation_id
LEFT JOIN request q ON q.id = i.request_id
JOIN branch b ON b.id = a.branch_id
WHERE i.number = :number AND {scope:inspection i}
