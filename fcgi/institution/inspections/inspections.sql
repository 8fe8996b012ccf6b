-- The tabs of 'Keuringen', and what is asked for all of a location at once.

-- Up to what a list counts of each.
-- :inspection_counts one
SELECT
  (SELECT COUNT(*) FROM (
    SELECT 1 FROM aid a
    WHERE a.inspection_due < CURRENT_DATE
    AND a.status NOT IN ('out_of_service', 'scrapped') AND {scope:aid a}
    LIMIT 1001) o) AS overdue,
  (SELECT COUNT(*) FROM (
    SELECT 1 FROM aid a
    WHERE a.inspection_due <= CURRENT_DATE + INTERVAL 30 DAY
    AND a.status NOT IN ('out_of_service', 'scrapped') AND {scope:aid a}
    LIMIT 1001) m) AS month,
  NULL AS quarter,
  NULL AS `all`,
  (SELECT COUNT(*) FROM (
    SELECT 1 FROM aid a
    WHERE a.inspection_due IS NULL AND a.inspection_result = 'rejected'
    AND a.status = 'out_of_service' AND {scope:aid a}
    LIMIT 1001) r) AS rejected

-- What lies at that location and is due until then; and of that, what is asked
-- for already.
-- :inspection_due_at one
-- scope: n q, because a line of a request names the aid in scope
SELECT COUNT(*) AS due, COUNT(IF(x.due < :today, 1, NULL)) AS overdue,
  COALESCE(SUM(x.asked), 0) AS asked
FROM (
  SELECT a.inspection_due AS due, EXISTS (
      SELECT 1 FROM request_line n
      JOIN request q ON q.id = n.request_id
      WHERE n.aid_id = a.id AND q.kind = 'inspection'
      AND n.state NOT IN ('done', 'rejected', 'withdrawn', 'cancelled'))
    AS asked
  FROM aid a
  WHERE a.location_id = :location AND a.inspection_due <= :until
  AND a.status IN ('in_use', 'in_depot') AND {scope:aid a}) x

-- The same without what is asked for, the longest overdue first.
-- :inspection_aids_at many
-- scope: n q, because a line of a request names the aid in scope
SELECT a.id
FROM aid a
WHERE a.location_id = :location AND a.inspection_due <= :until
AND a.status IN ('in_use', 'in_depot') AND {scope:aid a}
AND NOT EXISTS (
  SELECT 1 FROM request_line n
  JOIN request q ON q.id = n.request_id
  WHERE n.aid_id = a.id AND q.kind = 'inspection'
  AND n.state NOT IN ('done', 'rejected', 'withdrawn', 'cancelled'))
ORDER BY a.inspection_due, a.id
LIMIT :most
