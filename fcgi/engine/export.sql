-- Exports drawn in the background: asked for, followed and fetched by the
-- account, drawn by jobs/exporter.c.

-- One that has long been there is old news: asked for again, it is new.
-- :export_forget exec
UPDATE export e
SET e.asked_key = NULL
WHERE e.asked_key = :key AND e.state = 'ready'
AND e.ready_at < DATE_SUB(UTC_TIMESTAMP(), INTERVAL 10 MINUTE)
AND {scope:export e}

-- Changes no row where the account has :most of them waiting.
-- :export_insert exec
-- scope: none, because it only adds what the account asks for
INSERT INTO export (code, account_id, membership_id, lang, path, query,
  format, name, title, about, address, asked_key, expires_at)
SELECT :code, :account, :membership, :lang, :path, :query, :format,
  LEFT(:name, 200), LEFT(:title, 200), LEFT(:about, 500), :address, :key,
  DATE_ADD(UTC_TIMESTAMP(), INTERVAL 7 DAY)
FROM (SELECT COUNT(*) AS n FROM export
  WHERE account_id = :account AND state IN ('queued', 'drawing')) waiting
WHERE waiting.n < :most
ON DUPLICATE KEY UPDATE id = LAST_INSERT_ID(id)

-- :export_asked one
SELECT e.code
FROM export e
WHERE e.asked_key = :key AND {scope:export e}

-- :export_get one
SELECT e.id, e.code, e.lang, e.path, e.query, e.format, e.name, e.title,
  e.about, e.state, e.reason, e.total, e.done, e.cut, e.size,
  TO_BASE64(e.sha256) AS sha256,
  DATE_FORMAT(e.asked_at, '%Y-%m-%dT%TZ') AS asked,
  DATE_FORMAT(e.ready_at, '%Y-%m-%dT%TZ') AS ready,
  DATE_FORMAT(e.expires_at, '%Y-%m-%dT%TZ') AS expires,
  LOWER(HEX(e.rights)) AS rights
FROM export e
WHERE e.code = :code AND e.expires_at > UTC_TIMESTAMP() AND {scope:export e}

-- :export_part one
-- scope: p, because it is a part of e
SELECT p.bytes
FROM export_part p
JOIN export e ON e.id = p.export_id
WHERE p.export_id = :id AND p.position = :position AND {scope:export e}

-- :export_fetched exec
UPDATE export e
SET e.fetched_at = UTC_TIMESTAMP(), e.asked_key = NULL
WHERE e.id = :id AND {scope:export e}

-- :export_delete exec
DELETE e FROM export e
WHERE e.code = :code AND {scope:export e}

-- The next one: those never tried first, one of an account at a time.
-- :export_due one
-- scope: none, because exports are drawn for everybody
SELECT e.id, e.code, e.account_id, e.membership_id, e.lang, e.path, e.query,
  e.format, e.title, e.address, e.attempts,
  UNIX_TIMESTAMP(e.asked_at) AS asked
FROM export e
WHERE e.state IN ('queued', 'drawing') AND e.due_at <= UTC_TIMESTAMP()
AND NOT EXISTS (SELECT 1 FROM export other
  WHERE other.drawing_account = e.account_id AND other.id <> e.id)
ORDER BY e.attempts, e.id
LIMIT 1

-- Changes no row where another process was first; a duplicate where the
-- account has another one drawn.
-- :export_claim exec
-- scope: none, because exports are drawn for everybody
UPDATE export
SET state = 'drawing', drawing_account = account_id, done = 0, total = NULL,
  attempts = attempts + 1,
  due_at = DATE_ADD(UTC_TIMESTAMP(), INTERVAL :seconds SECOND)
WHERE id = :id AND attempts = :attempts AND state IN ('queued', 'drawing')

-- :export_progress exec
-- scope: none, because exports are drawn for everybody
UPDATE export
SET done = :done, total = :total,
  due_at = DATE_ADD(UTC_TIMESTAMP(), INTERVAL :seconds SECOND)
WHERE id = :id AND attempts = :attempts AND state = 'drawing'

-- Drawn again, as if this attempt had not been where :attempts is one less.
-- :export_release exec
-- scope: none, because exports are drawn for everybody
UPDATE export
SET state = 'queued', drawing_account = NULL, attempts = :attempts,
  due_at = DATE_ADD(UTC_TIMESTAMP(), INTERVAL :seconds SECOND)
WHERE id = :id AND state = 'drawing'

-- :export_fail exec
-- scope: none, because exports are drawn for everybody
UPDATE export
SET state = 'failed', reason = :reason, asked_key = NULL,
  drawing_account = NULL,
  expires_at = DATE_ADD(UTC_TIMESTAMP(), INTERVAL 7 DAY)
WHERE id = :id AND state IN ('queued', 'drawing')

-- What a membership may see, as one value: another one, another view.
-- :export_rights one
-- scope: none, because it is asked of the membership that looks itself
SELECT SHA2(CONCAT_WS('|', m.portal, m.role, COALESCE(m.organisation_id, 0),
  COALESCE(m.branch_id, 0), m.all_places, m.visibility,
  (SELECT GROUP_CONCAT(p.place_id, ':', p.whole_subtree ORDER BY p.place_id)
    FROM membership_place p WHERE p.membership_id = m.id)), 256) AS rights
FROM membership m
WHERE m.id = :membership

-- Of an attempt before.
-- :export_clear exec
-- scope: none, because exports are drawn for everybody
DELETE FROM export_part WHERE export_id = :id

-- :export_keep exec
-- scope: none, because exports are drawn for everybody
INSERT INTO export_part (export_id, position, bytes)
VALUES (:id, :position, :bytes)

-- Changes no row where it was deleted, or taken over, meanwhile.
-- :export_ready exec
-- scope: none, because exports are drawn for everybody
UPDATE export
SET state = 'ready', drawing_account = NULL, total = :total, done = :total,
  cut = :cut, size = :size, sha256 = UNHEX(:sha256),
  rights = UNHEX(:rights), ready_at = UTC_TIMESTAMP(),
  expires_at = DATE_ADD(UTC_TIMESTAMP(), INTERVAL 7 DAY)
WHERE id = :id AND attempts = :attempts AND state = 'drawing'
