-- What the branch does to an aid by hand.

-- The next number after all there are, also after those given by hand; the
-- row stays locked, so that two at once get two.
-- :aid_next_number exec
-- scope: none, because only a number comes out
INSERT INTO counter (series, year, value)
VALUES ('aid', 0, LAST_INSERT_ID(
  (SELECT COALESCE(MAX(a.number), 100000) + 1 FROM aid a)))
ON DUPLICATE KEY UPDATE value = LAST_INSERT_ID(
  GREATEST(value, (SELECT MAX(a.number) FROM aid a)) + 1)

-- :aid_number_taken one
-- scope: none, because only that it is taken comes out
SELECT a.id FROM aid a WHERE a.number = :number FOR UPDATE

-- The names of 010 are copied here, as there. Adds nothing where place and
-- holder are not of each other, or out of scope.
-- :aid_register exec
-- scope: aid, because it is made for a place and a holder in scope
-- scope: l h, because they name whose and where a place in scope is
INSERT INTO aid (number, label_code, product_id, category_id,
  subcategory_id, serial, owner_id, holder_id, location_id, place_id,
  home_place_id, branch_id, status, condition_grade, bought_on, price_cents,
  rent_from, day_cents, inspected_on, inspection_result, inspection_due,
  type_name, category_nl, category_en, subcategory_nl,
  subcategory_en, location_name, place_name)
SELECT :number, :label, d.id, COALESCE(s.parent_id, s.id), s.id, :serial,
  IF(:rented, NULL, h.id), h.id, l.id, p.id,
  IF(p.organisation_id IS NULL, NULL, p.id),
  COALESCE(p.branch_id, h.branch_id, :scope_branch,
    (SELECT MIN(b.id) FROM branch b)),
  IF(p.kind = 'depot', 'in_depot', 'in_use'), :condition, :bought_on, :price,
  IF(h.id IS NULL OR NOT :rented, NULL, :rent_from),
  IF(h.id IS NULL OR NOT :rented, NULL, :day_price),
  :inspected_on, IF(:inspected_on IS NULL, NULL, 'approved'), :inspection_due,
  CONCAT(d.make, ' ', d.type),
  COALESCE(cn.name, ''), COALESCE(ce.name, cn.name, ''),
  COALESCE(sn.name, ''), COALESCE(se.name, sn.name, ''), l.name, p.name
FROM place p
JOIN product d ON d.id = :product
JOIN category s ON s.id = d.category_id
LEFT JOIN organisation h ON h.id = :holder
LEFT JOIN place l ON l.id = p.location_id
LEFT JOIN category_text cn ON cn.category_id = COALESCE(s.parent_id, s.id)
  AND cn.lang = 'nl'
LEFT JOIN category_text ce ON ce.category_id = COALESCE(s.parent_id, s.id)
  AND ce.lang = 'en'
LEFT JOIN category_text sn ON sn.category_id = s.id AND sn.lang = 'nl'
LEFT JOIN category_text se ON se.category_id = s.id AND se.lang = 'en'
WHERE p.id = :place AND p.active AND {scope:place p}
AND (p.organisation_id = :holder OR p.organisation_id IS NULL)
AND (:holder IS NULL OR h.id IN (SELECT o.id FROM organisation o
  WHERE o.id = :holder AND o.active AND {scope:organisation o}))

-- What is rented has a rental, which the cost so far is counted from.
-- :aid_register_rental exec
-- scope: none, because aid_register() made the aid in scope
INSERT INTO rental (organisation_id, aid_id, day_cents, started_on)
SELECT a.holder_id, a.id, COALESCE(a.day_cents, 0), a.rent_from
FROM aid a
WHERE a.id = :aid

-- :aid_correct exec
UPDATE aid a
SET a.serial = :serial, a.condition_grade = :condition,
  a.bought_on = :bought_on, a.price_cents = :price, a.version = a.version + 1
WHERE a.id = :id AND a.version = :version AND {scope:aid a}

-- In a depot of the supplier's its home stays where it was.
-- :aid_relocate exec
-- scope: l, because it names where a place in scope lies
UPDATE aid a
JOIN place p ON p.id = :place AND p.active AND {scope:place p}
LEFT JOIN place l ON l.id = p.location_id
SET a.place_id = p.id, a.place_name = p.name,
  a.location_id = COALESCE(l.id, a.location_id),
  a.location_name = COALESCE(l.name, a.location_name),
  a.home_place_id = IF(p.organisation_id IS NULL, a.home_place_id, p.id),
  a.status = IF(a.status = 'out_of_service', a.status,
    IF(p.kind = 'depot', 'in_depot', 'in_use')),
  a.version = a.version + 1
WHERE a.id = :id AND a.version = :version AND {scope:aid a}
AND (p.organisation_id IS NULL OR p.organisation_id = a.holder_id)

-- :aid_scrap exec
UPDATE aid a
SET a.status = 'scrapped', a.version = a.version + 1
WHERE a.id = :id AND a.version = :version AND {scope:aid a}

-- :aid_hand_event exec
-- scope: none, because the caller changed the aid in scope
INSERT INTO aid_event (aid_id, organisation_id, kind, summary, asked_on,
  done_on, actor_id, from_place_id, to_place_id)
VALUES (:aid, :organisation, :kind, LEFT(:summary, 200), :day, :day, :actor,
  :from_place, :to_place)

-- What keeps it from being scrapped: requests under way.
-- :aid_open_requests one
-- scope: n, because a request in scope names them
SELECT COUNT(*) AS open
FROM request_line n
JOIN request q ON q.id = n.request_id
WHERE n.aid_id = :aid AND {scope:request q}
AND q.state NOT IN ('done', 'rejected', 'withdrawn', 'cancelled')
