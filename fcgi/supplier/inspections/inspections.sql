-- The tabs of what is to be inspected; up to what a list counts.
-- :inspection_due_counts one
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
  NULL AS rejected
