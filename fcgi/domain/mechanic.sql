-- The mechanics of a branch (S5).

-- :mechanic_get one
-- scope: q, because a mechanic in scope does the work of the same branch
SELECT m.id, m.version, m.branch_id, b.name AS branch, m.name, m.phone,
  m.ended_on IS NOT NULL AS ended,
  (SELECT COUNT(*) FROM request q
    WHERE q.branch_id = m.branch_id AND q.mechanic_id = m.id
    AND q.state IN ('proposed', 'planned', 'on_hold')) AS planned
FROM mechanic m
JOIN branch b ON b.id = m.branch_id
WHERE m.id = :id AND {scope:mechanic m}

-- What each has that day is what the day list shows (rounds.sql).
-- :mechanic_choices many
-- scope: q, because a mechanic in scope does the work of the same branch
SELECT m.id AS value, m.name AS label, COUNT(q.id) AS busy,
  COUNT(CASE WHEN q.planned_part = 'morning' THEN 1 END) AS morning,
  COUNT(CASE WHEN q.planned_part = 'afternoon' THEN 1 END) AS afternoon,
  COUNT(CASE WHEN q.id IS NOT NULL AND IFNULL(q.planned_part, 'day') = 'day'
    THEN 1 END) AS day
FROM mechanic m
LEFT JOIN request q ON q.branch_id = m.branch_id AND q.mechanic_id = m.id
  AND q.day_on = :day AND q.planned_on IS NOT NULL AND q.id <> :but
WHERE m.branch_id = :branch AND (m.ended_on IS NULL OR m.id = :current)
AND {scope:mechanic m}
GROUP BY m.id, m.name
ORDER BY m.name

-- :mechanic_name one
SELECT m.name
FROM mechanic m
WHERE m.branch_id = :branch AND m.id = :id AND {scope:mechanic m}

-- Locked, so that a name is there once.
-- :mechanic_named many
SELECT m.id, m.ended_on IS NOT NULL AS ended
FROM mechanic m
WHERE m.branch_id = :branch AND m.name = :name AND m.id <> :id
AND {scope:mechanic m}
FOR UPDATE

-- :mechanic_insert exec
-- scope: none, because the branch is one of the account's own
INSERT INTO mechanic (branch_id, name, phone)
VALUES (:branch, :name, :phone)

-- :mechanic_return exec
UPDATE mechanic m
SET m.name = :name, m.phone = :phone, m.ended_on = NULL,
  m.version = m.version + 1
WHERE m.id = :id AND {scope:mechanic m}

-- :mechanic_update exec
UPDATE mechanic m
SET m.name = :name, m.phone = :phone, m.version = m.version + 1
WHERE m.id = :id AND m.version = :version AND {scope:mechanic m}

-- What is done keeps the name it was done under.
-- :mechanic_rename exec
UPDATE request q
SET q.mechanic = :name
WHERE q.branch_id = :branch AND q.mechanic_id = :id
AND q.state IN ('submitted', 'accepted', 'proposed', 'planned', 'in_progress',
  'on_hold')
AND {scope:request q}

-- :mechanic_end exec
UPDATE mechanic m
SET m.ended_on = CURRENT_DATE, m.version = m.version + 1
WHERE m.id = :id AND m.version = :version AND m.ended_on IS NULL
AND {scope:mechanic m}

-- A form that shows who comes is told that this changed.
-- :mechanic_release exec
UPDATE request q
SET q.mechanic = NULL, q.mechanic_id = NULL, q.version = q.version + 1
WHERE q.branch_id = :branch AND q.mechanic_id = :id
AND q.state IN ('submitted', 'accepted', 'proposed', 'planned', 'on_hold')
AND {scope:request q}
