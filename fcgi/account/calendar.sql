-- The address by which a calendar is read, and what stands in it.

-- :calendar_own one
-- scope: none, because it is the account's own
SELECT DATE_FORMAT(f.made_at, '%Y-%m-%dT%H:%i:%sZ') AS made,
  DATE_FORMAT(f.read_at, '%Y-%m-%dT%H:%i:%sZ') AS used
FROM calendar_feed f
WHERE f.membership_id = :scope_membership AND f.account_id = :scope_account

-- The one before ends.
-- :calendar_make exec
-- scope: none, because it is the account's own
INSERT INTO calendar_feed (membership_id, account_id, secret_hash)
VALUES (:scope_membership, :scope_account, :hash)
ON DUPLICATE KEY UPDATE secret_hash = :hash, made_at = UTC_TIMESTAMP(),
  read_at = NULL, body_hash = NULL, changed_at = NULL

-- :calendar_revoke exec
-- scope: none, because it is the account's own
DELETE FROM calendar_feed
WHERE membership_id = :scope_membership AND account_id = :scope_account

-- :calendar_find one
-- scope: none, because an address is found by its secret
SELECT f.account_id, f.membership_id, f.body_hash,
  DATE_FORMAT(f.made_at, '%Y%m%dT%H%i%sZ') AS made,
  UNIX_TIMESTAMP(COALESCE(f.changed_at, UTC_TIMESTAMP())) AS changed,
  f.read_at IS NULL OR f.read_at < UTC_TIMESTAMP() - INTERVAL 10 MINUTE
    AS stale
FROM calendar_feed f
WHERE f.secret_hash = :hash

-- Another content than the last time, or some time later.
-- :calendar_read exec
-- scope: none, because an address is found by its secret
UPDATE calendar_feed
SET read_at = UTC_TIMESTAMP(),
  changed_at = IF(body_hash <=> :body, changed_at, UTC_TIMESTAMP()),
  body_hash = :body
WHERE secret_hash = :hash

-- Days that were agreed; the first aid stands for all. No clients, and nothing
-- that somebody typed about one.
-- :calendar_planning many
-- scope: l p n a, because a request in scope names and has them
SELECT q.number, q.kind, q.state, q.version,
  COALESCE(q.planned_on, q.wished_on) AS day, q.planned_part AS part,
  l.name AS location, p.name AS place,
  COALESCE(p.street, l.street) AS street, COALESCE(p.city, l.city) AS city,
  q.mechanic, a.number AS aid, a.type_name AS type,
  (SELECT COUNT(*) FROM request_line n WHERE n.request_id = q.id) AS aids,
  DATE_FORMAT(q.changed_at, '%Y%m%dT%H%i%sZ') AS changed
FROM request q
JOIN place l ON l.id = q.location_id
JOIN place p ON p.id = q.place_id
LEFT JOIN request_line n ON n.request_id = q.id AND n.position = 1
LEFT JOIN aid a ON a.id = n.aid_id
WHERE q.state IN ('planned', 'in_progress', 'own_planned', 'done')
AND COALESCE(q.planned_on, q.wished_on) BETWEEN :from AND :until
AND {scope:request q}
ORDER BY day, q.id
LIMIT 1000

-- What is due, a day and a location together.
-- :calendar_inspections many
SELECT a.inspection_due AS day, a.location_id, a.location_name AS location,
  COUNT(*) AS aids, MIN(a.number) AS aid, MIN(a.type_name) AS type,
  DATE_FORMAT(MAX(a.inspected_on), '%Y%m%dT000000Z') AS changed
FROM aid a
WHERE a.inspection_due BETWEEN :from AND :until
AND a.status NOT IN ('out_of_service', 'scrapped') AND {scope:aid a}
GROUP BY a.inspection_due, a.location_id, a.location_name
ORDER BY a.inspection_due, a.location_id
LIMIT 1000
