-- An account that may log in.
-- :login_account one
-- scope: none, because nobody is signed in yet
SELECT a.id, a.password_hash
FROM account a
WHERE a.email = :email
AND a.state = 'active'
AND a.password_hash IS NOT NULL

-- The membership it gets.
-- :login_membership one
-- scope: none, because the account just proved who it is
SELECT m.id, a.lang
FROM membership m
JOIN account a ON a.id = m.account_id
LEFT JOIN organisation o ON o.id = m.organisation_id
WHERE m.account_id = :account AND m.active AND COALESCE(o.active, TRUE)
ORDER BY m.id
LIMIT 1

-- :login_rehash exec
-- scope: none, because the account just gave this password
UPDATE account SET password_hash = :hash WHERE id = :id

-- :login_done exec
-- scope: none, because the account just proved who it is
UPDATE account SET last_login_at = UTC_TIMESTAMP() WHERE id = :id

-- A try of a code; none left, or the half session is gone: 0 rows.
-- :login_try exec
-- scope: none, because a session is found by its secret
UPDATE session SET attempts = attempts + 1
WHERE id = :session AND step = 'password' AND attempts < :tries

-- :login_half one
-- scope: none, because a session is found by its secret
SELECT s.attempts FROM session s WHERE s.id = :session

-- :login_locked exec
-- scope: none, because nobody is signed in, and nothing of it comes out
INSERT INTO login_help (kind, email, address)
SELECT 'locked', :email, :address
FROM (SELECT COUNT(*) AS n FROM login_help h
  WHERE h.email = :email AND h.kind = 'locked'
  AND h.at > UTC_TIMESTAMP() - INTERVAL 1 DAY) c
WHERE c.n = 0
