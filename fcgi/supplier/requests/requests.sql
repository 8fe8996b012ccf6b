-- Choices of the work list's filters.

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
