-- Aids: found by number, and following the work on them.

-- :aid_find one
-- scope: w h l p e, because they name whose and where an aid in scope is
SELECT a.id, a.number, a.label_code, a.product_id,
  d.number AS product_number, d.make, d.type, ct.name AS category,
  st.name AS subcategory, s.iso9999, a.serial, a.status, a.owner_id,
  w.name AS owner, a.holder_id, h.name AS holder, a.location_id,
  l.name AS location, a.place_id, p.name AS place, p.kind AS place_kind,
  p.organisation_id IS NULL AS stored, e.name AS home, a.branch_id,
  a.condition_grade, a.bought_on, a.price_cents, a.rent_from, a.day_cents,
  a.inspected_on, a.inspection_result, a.inspection_due, a.meter,
  a.meter_unit, a.meter_on, a.version
FROM aid a
JOIN product d ON d.id = a.product_id
JOIN category s ON s.id = a.subcategory_id
LEFT JOIN category_text ct ON ct.category_id = a.category_id
  AND ct.lang = :lang
LEFT JOIN category_text st ON st.category_id = a.subcategory_id
  AND st.lang = :lang
LEFT JOIN organisation w ON w.id = a.owner_id
LEFT JOIN organisation h ON h.id = a.holder_id
LEFT JOIN place l ON l.id = a.location_id
JOIN place p ON p.id = a.place_id
LEFT JOIN place e ON e.id = a.home_place_id
WHERE a.number = :number AND {scope:aid a}

-- :aid_lock one
-- scope: none, because nothing of it comes out; who asks for it reads in scope
SELECT a.id
FROM aid a
WHERE a.id = :id
FOR UPDATE

-- As it is now, not as it was when the transaction began.
-- :aid_locked one
SELECT a.id, a.number, a.status, a.owner_id, a.holder_id, a.location_id
FROM aid a
WHERE a.id = :id AND {scope:aid a}
FOR UPDATE

-- Is a request under way that takes the aid elsewhere?
-- :aid_moving one
-- scope: none, because the aid was read in scope and only yes or no comes out
SELECT COUNT(*) AS moving
FROM request_line n
JOIN request q ON q.id = n.request_id
WHERE n.aid_id = :aid
AND q.kind IN ('move', 'from_depot', 'to_depot', 'pick_up')
AND q.state NOT IN ('done', 'rejected', 'withdrawn', 'cancelled')

-- The same as it is now: for who has locked the aid. What it reads stays
-- locked, with the room for further lines beside it.
-- :aid_moving_now one
-- scope: none, because the aid was read in scope and only yes or no comes out
SELECT COUNT(*) AS moving
FROM request_line n
JOIN request q ON q.id = n.request_id
WHERE n.aid_id = :aid
AND q.kind IN ('move', 'from_depot', 'to_depot', 'pick_up')
AND q.state NOT IN ('done', 'rejected', 'withdrawn', 'cancelled')
LOCK IN SHARE MODE

-- Is its inspection asked for, and not done? For who has locked the aid.
-- :aid_inspecting_now one
-- scope: none, because the aid was read in scope and only yes or no comes out
SELECT COUNT(*) AS moving
FROM request_line n
JOIN request q ON q.id = n.request_id
WHERE n.aid_id = :aid AND q.kind = 'inspection'
AND n.state NOT IN ('done', 'rejected', 'withdrawn', 'cancelled')
LOCK IN SHARE MODE

-- As it is now: it is locked.
-- :aid_now one
-- scope: none, because the request whose aid it is was read in scope
SELECT a.id, a.status, a.branch_id,
  (SELECT p.kind = 'depot' FROM place p WHERE p.id = a.place_id) AS in_depot
FROM aid a
WHERE a.id = :id
FOR UPDATE

-- :aid_reported exec
-- scope: none, because it follows the work on a request read in scope
UPDATE aid
SET meter_on = IF(:meter IS NULL, meter_on, :day),
  meter = COALESCE(:meter, meter), meter_unit = COALESCE(:unit, meter_unit),
  inspection_due = COALESCE(:next, inspection_due), version = version + 1
WHERE id = :id

-- A depot of the supplier's: the one named, else the first of the branch,
-- else the first of any.
-- :aid_supplier_depot one
-- scope: none, because these places are the supplier's own
SELECT p.id
FROM place p
WHERE p.organisation_id IS NULL AND p.kind = 'depot' AND p.active
ORDER BY p.id <=> :place DESC, p.branch_id <=> :branch DESC, p.id
LIMIT 1

-- :aid_set_status exec
-- scope: none, because it follows the work on a request read in scope
UPDATE aid
SET status = :status, version = version + 1
WHERE id = :id

-- In a depot of the supplier's its home stays where it was.
-- :aid_set_place exec
-- scope: none, because it follows the work on a request read in scope
UPDATE aid a
JOIN place p ON p.id = :place
LEFT JOIN place l ON l.id = p.location_id
SET a.status = :status, a.place_id = p.id, a.place_name = p.name,
  a.location_id = COALESCE(p.location_id, a.location_id),
  a.location_name = COALESCE(l.name, a.location_name),
  a.home_place_id = IF(p.organisation_id IS NULL, a.home_place_id, p.id),
  a.version = a.version + 1
WHERE a.id = :id

-- It is on nobody's list any more.
-- :aid_end_rental exec
-- scope: none, because it follows the work on a request read in scope
UPDATE aid
SET holder_id = NULL, location_id = NULL, location_name = NULL,
  home_place_id = NULL,
  rent_from = NULL, day_cents = NULL
WHERE id = :id

-- :aid_rental_collected exec
-- scope: none, because it follows the work on a request read in scope
UPDATE rental
SET ended_on = COALESCE(ended_on, :day), collected_on = :day
WHERE aid_id = :id AND organisation_id = :organisation
AND collected_on IS NULL

-- own: from where that aid stands.
-- :aid_event_asked exec
-- scope: none, because request_submit() read the aid in scope
INSERT INTO aid_event (aid_id, organisation_id, request_id, kind, summary,
  asked_on, actor_id, from_place_id, to_place_id)
VALUES (:aid, :organisation, :request, :kind, LEFT(:summary, 200), :day,
  :actor, IF(:own, (SELECT a.place_id FROM aid a WHERE a.id = :aid),
    :from_place), :to_place)

-- :aid_event_done exec
-- scope: none, because it follows the work on a request read in scope
UPDATE aid_event
SET done_on = :day, cost_cents = :cost, to_place_id = :to_place,
  summary = IF(:summary = '', summary, LEFT(:summary, 200))
WHERE request_id = :request AND aid_id = :aid
