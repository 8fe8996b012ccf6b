-- An account that may log in, the membership it gets, and whether one of
-- its memberships asks for the second step.
-- :login_account one
-- scope: none, because nobody is signed in yet
SELECT a.id, a.password_hash, MIN(m.id) AS membership_id,
  MAX(m.portal <> 'institution' OR o.second_factor = 'required')
    AS factor_required,
  EXISTS (SELECT 1 FROM factor f
    WHERE f.account_id = a.id AND f.confirmed_at IS NOT NULL) AS has_factor
FROM account a
LEFT JOIN (membership m LEFT JOIN organisation o ON o.id = m.organisation_id)
  ON m.account_id = a.id AND m.active AND COALESCE(o.active, TRUE)
WHERE a.email = :email
AND a.state = 'active'
AND a.password_hash IS NOT NULL
GROUP BY a.id

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
SELECT s.attempts, s.next_path, f.id AS factor_id, f.key_id, f.secret
FROM session s
JOIN factor f ON f.account_id = s.account_id AND f.kind = 'totp'
  AND f.confirmed_at IS NOT NULL
WHERE s.id = :session

-- A step of the clock is used once, whatever arrives at the same time.
-- :login_factor_used exec
-- scope: none, because the account just proved to have it
UPDATE factor SET last_counter = :counter
WHERE id = :id AND last_counter < :counter
