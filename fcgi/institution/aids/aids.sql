-- Choices of the filters, and what an aid's page adds to domain/aid.

-- :my_locations many
SELECT p.id AS value, p.name AS label
FROM place p
WHERE {scope:my_place p} AND p.kind = 'location' AND p.active
ORDER BY p.name

-- :my_departments many
SELECT p.id AS value, p.name AS label
FROM place p
WHERE {scope:my_place p} AND p.location_id = :parent
  AND p.kind <> 'location' AND p.active
ORDER BY p.name

-- :category_options many
SELECT c.id AS value, t.name AS label
FROM category c
JOIN category_text t ON t.category_id = c.id AND t.lang = :lang
WHERE c.parent_id IS NULL
ORDER BY t.name

-- :subcategory_options many
SELECT c.id AS value, t.name AS label
FROM category c
JOIN category_text t ON t.category_id = c.id AND t.lang = :lang
WHERE c.parent_id = :parent
ORDER BY t.name

-- Of a whole organisation each product is looked up, of some places all that
-- stands there: the faster way for either.
-- :my_types many
SELECT p.id AS value, CONCAT(p.make, ' ', p.type) AS label
FROM product p
WHERE (:parent = 0 OR p.category_id = :parent)
  AND IF(:scope_all_places,
    (SELECT 1 FROM aid a
      WHERE a.product_id = p.id AND {scope:aid a} LIMIT 1),
    p.id IN (SELECT a.product_id FROM aid a WHERE {scope:aid a}))
ORDER BY label

-- :aid_specifications many
SELECT s.name, s.value
FROM product_specification s
WHERE s.product_id = :product AND s.lang = :lang
ORDER BY s.position

-- What was typed in the head of the page, whole: an object number, the code
-- of a label, the number of a request, or a serial number that one aid has.
-- :aid_sought one
SELECT CONCAT('/aids/', a.number) AS href
FROM aid a
WHERE (a.number = :number OR a.label_code = :code) AND {scope:aid a}
UNION ALL
SELECT CONCAT('/requests/', q.number)
FROM request q
WHERE q.number = :code AND {scope:request q}
UNION ALL
SELECT CONCAT('/aids/', MIN(a.number))
FROM aid a
WHERE a.serial = :code AND {scope:aid a}
HAVING COUNT(*) = 1
LIMIT 1

-- :aid_by_label one
SELECT a.number
FROM aid a
WHERE a.label_code = :code AND {scope:aid a}

-- Under way on this aid, the newest first.
-- :aid_running many
-- scope: o n, because a request in scope names and has them
SELECT r.number, r.kind, r.state, r.wished_on, r.planned_on,
  DATE_FORMAT(r.created_at, '%Y-%m-%dT%H:%i:%sZ') AS created_at,
  o.name AS requester
FROM request r
JOIN account o ON o.id = r.requester_id
JOIN request_line n ON n.request_id = r.id
WHERE {scope:request r} AND n.aid_id = :aid
  AND r.state NOT IN ('done', 'rejected', 'withdrawn', 'cancelled')
ORDER BY r.id DESC
LIMIT 3

-- :aid_certificate one
SELECT i.number
FROM inspection i
WHERE i.aid_id = :aid AND i.inspected_on = :day AND {scope:inspection i}
ORDER BY i.id DESC
LIMIT 1
