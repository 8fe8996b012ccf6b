-- The session with all that a request must know of its account. A new
-- password, an account that is not active, a membership that ended, an idle
-- or an old session: no row. places_mark: another one when a place of the
-- organisation changed.
-- :session_get one
-- scope: none, because this is what the scope is made from
SELECT s.account_id, s.membership_id, s.step, s.notice,
  s.seen_at < UTC_TIMESTAMP() - INTERVAL 1 MINUTE AS stale,
  COALESCE(s.verified_at
    > UTC_TIMESTAMP() - INTERVAL :fresh_minutes MINUTE, FALSE) AS fresh,
  a.name, a.email, a.phone, a.lang,
  m.portal, m.role, m.organisation_id, m.all_places,
  o.name AS organisation_name,
  COALESCE(m.branch_id, o.branch_id) AS branch_id,
  (SELECT MAX(p.changed_at) FROM place p
    WHERE p.organisation_id = m.organisation_id) AS places_mark
FROM session s
JOIN account a ON a.id = s.account_id
JOIN membership m ON m.id = s.membership_id
LEFT JOIN organisation o ON o.id = m.organisation_id
WHERE s.id = :id
AND s.seen_at >= UTC_TIMESTAMP() - INTERVAL :idle_minutes MINUTE
AND s.created_at >= UTC_TIMESTAMP() - INTERVAL :hours HOUR
AND (s.step = 'complete'
  OR s.created_at >= UTC_TIMESTAMP() - INTERVAL
    IF(s.step = 'enrol', :enrol_minutes, :half_minutes) MINUTE)
AND a.state = 'active'
AND a.password_set_at <= s.created_at
AND m.account_id = s.account_id
AND m.active
AND COALESCE(o.active, TRUE)

-- The account without a session, for what it asked to be done.
-- :session_as one
-- scope: none, because this is what the scope is made from
SELECT a.id AS account_id, m.id AS membership_id, a.name, a.email, a.phone,
  a.lang, m.portal, m.role, m.organisation_id, m.all_places,
  o.name AS organisation_name,
  COALESCE(m.branch_id, o.branch_id) AS branch_id,
  (SELECT MAX(p.changed_at) FROM place p
    WHERE p.organisation_id = m.organisation_id) AS places_mark
FROM membership m
JOIN account a ON a.id = m.account_id
LEFT JOIN organisation o ON o.id = m.organisation_id
WHERE m.id = :membership
AND m.account_id = :account
AND a.state = 'active'
AND m.active
AND COALESCE(o.active, TRUE)

-- :session_seen exec
-- scope: none, because a session is found by its secret
UPDATE session SET seen_at = UTC_TIMESTAMP() WHERE id = :id

-- :session_insert exec
-- scope: none, because the account just proved who it is
INSERT INTO session (id, account_id, membership_id, step, next_path, address,
  agent, verified_at)
VALUES (:id, :account, :membership, :step, :next_path, :address,
  LEFT(:agent, 200), IF(:step = 'complete', UTC_TIMESTAMP(), NULL))

-- :session_complete exec
-- scope: none, because a session is found by its secret
UPDATE session
SET id = :new_id, step = 'complete', attempts = 0, next_path = NULL,
  created_at = UTC_TIMESTAMP(), seen_at = UTC_TIMESTAMP(),
  verified_at = UTC_TIMESTAMP()
WHERE id = :id AND step <> 'complete'

-- :session_to_enrol exec
-- scope: none, because a session is found by its secret
UPDATE session
SET id = :new_id, step = 'enrol', attempts = 0, created_at = UTC_TIMESTAMP()
WHERE id = :id AND step = 'password'

-- :session_next one
-- scope: none, because a session is found by its secret
SELECT s.next_path FROM session s WHERE s.id = :id AND s.step <> 'complete'

-- :session_verified exec
-- scope: none, because a session is found by its secret
UPDATE session SET verified_at = UTC_TIMESTAMP() WHERE id = :id

-- :session_keep exec
-- scope: none, because a session is found by its secret
UPDATE session SET kept_kind = :kind, kept_key_id = :key, kept = :kept
WHERE id = :id

-- :session_kept one
-- scope: none, because a session is found by its secret
SELECT s.kept_key_id, s.kept FROM session s
WHERE s.id = :id AND s.kept_kind = :kind

-- :session_kept_forget exec
-- scope: none, because a session is found by its secret
UPDATE session SET kept_kind = NULL, kept_key_id = NULL, kept = NULL
WHERE id = :id

-- :session_renew exec
-- scope: none, because a session is found by its secret
UPDATE session
SET id = :new_id, created_at = UTC_TIMESTAMP(), seen_at = UTC_TIMESTAMP()
WHERE id = :id

-- :session_switch exec
-- scope: none, because a session is found by its secret
UPDATE session s
JOIN membership m ON m.account_id = s.account_id
LEFT JOIN organisation o ON o.id = m.organisation_id
SET s.id = :new_id, s.membership_id = m.id, s.notice = NULL
WHERE s.id = :id AND s.step = 'complete' AND m.id = :membership
AND m.active AND COALESCE(o.active, TRUE)

-- What the account may go on as; a professional's are one.
-- :session_memberships many
-- scope: none, because they are the account's own
SELECT MIN(m.id) AS id, m.portal, MIN(m.role) AS role,
  IF(m.portal = 'professional', NULL, MIN(o.name)) AS organisation,
  MAX(m.id = :scope_membership) AS own
FROM membership m
LEFT JOIN organisation o ON o.id = m.organisation_id
WHERE m.account_id = :scope_account
AND m.active AND COALESCE(o.active, TRUE)
GROUP BY m.portal, IF(m.portal = 'professional', 0, m.id)
ORDER BY MIN(m.id)

-- :session_delete_others exec
-- scope: none, because the account just proved who it is
DELETE FROM session WHERE account_id = :account AND id <> :id

-- :session_delete exec
-- scope: none, because a session is found by its secret
DELETE FROM session WHERE id = :id

-- :session_delete_old exec
-- scope: none, because these are the account's own
DELETE FROM session
WHERE account_id = :account
AND (seen_at < UTC_TIMESTAMP() - INTERVAL :idle_minutes MINUTE
  OR created_at < UTC_TIMESTAMP() - INTERVAL :hours HOUR)

-- :session_notice exec
-- scope: none, because a session is found by its secret
UPDATE session SET notice = LEFT(:notice, 1000) WHERE id = :id

-- :session_notice_to exec
-- scope: none, because it tells an account of what it asked itself
UPDATE session
SET notice = LEFT(:notice, 1000)
WHERE account_id = :account AND membership_id = :membership
AND step = 'complete' AND notice IS NULL

-- Where the account is logged in.
-- :session_list many
-- scope: none, because they are the account's own
SELECT s.agent, s.address, s.id = :id AS own,
  DATE_FORMAT(s.created_at, '%Y-%m-%dT%H:%i:%sZ') AS created,
  DATE_FORMAT(s.seen_at, '%Y-%m-%dT%H:%i:%sZ') AS seen
FROM session s
WHERE s.account_id = :scope_account AND s.step = 'complete'
AND s.seen_at >= UTC_TIMESTAMP() - INTERVAL :idle_minutes MINUTE
AND s.created_at >= UTC_TIMESTAMP() - INTERVAL :hours HOUR
ORDER BY s.id = :id DESC, s.seen_at DESC
LIMIT 50
