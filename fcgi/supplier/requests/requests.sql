-- The work list: choices of its filters, and its tabs.

-- Numbers of requests, or of aids, whole.
-- :work_sought one
SELECT q.number
FROM request q
WHERE q.number = :code AND {scope:request q}

-- Up to what a list counts of each.
-- :work_counts one
SELECT
  (SELECT COUNT(*) FROM (
    SELECT 1 FROM request q
    WHERE {scope:request q} AND q.due_on < '9999-12-31'
    AND q.state NOT IN ('awaiting_approval', 'own_planned')
    LIMIT 1001) o) AS open,
  (SELECT COUNT(*) FROM (
    SELECT 1 FROM request q
    WHERE {scope:request q} AND q.due_on < '9999-12-31'
    AND q.state = 'submitted'
    LIMIT 1001) s) AS submitted,
  (SELECT COUNT(*) FROM (
    SELECT 1 FROM request q
    WHERE {scope:request q} AND q.due_on = CURRENT_DATE
    AND q.state NOT IN ('awaiting_approval', 'own_planned')
    LIMIT 1001) t) AS today,
  (SELECT COUNT(*) FROM (
    SELECT 1 FROM request q
    WHERE {scope:request q} AND q.due_on < CURRENT_DATE
    AND q.state IN ('submitted', 'accepted', 'proposed', 'planned')
    LIMIT 1001) l) AS late

-- :work_organisations many
SELECT o.id AS value, o.name AS label
FROM organisation o
WHERE {scope:organisation o} AND o.kind = 'institution'
ORDER BY o.name

-- :work_locations many
SELECT p.id AS value, p.name AS label
FROM place p
WHERE {scope:place p} AND p.kind = 'location'
AND p.organisation_id = :parent
ORDER BY p.name

-- One's own branch, or every one.
-- :work_branches many
SELECT b.id AS value, b.name AS label
FROM branch b
WHERE :scope_branch IS NULL OR b.id = :scope_branch
ORDER BY b.name
