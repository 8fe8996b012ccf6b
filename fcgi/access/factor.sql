-- The second step: what an account has for it.

-- :factors_get one
-- scope: none, because the account just gave its password
SELECT
  (SELECT DATE_FORMAT(f.confirmed_at, '%Y-%m-%dT%H:%i:%sZ') FROM factor f
    WHERE f.account_id = a.id AND f.kind = 'totp') AS app_since,
  s.key_id AS sms_key, s.secret AS sms_secret,
  (SELECT COUNT(*) FROM recovery_code c
    WHERE c.account_id = a.id AND c.used_at IS NULL) AS recovery,
  NOT EXISTS (SELECT 1 FROM membership m
    JOIN organisation o ON o.id = m.organisation_id
    WHERE m.account_id = a.id AND m.active AND o.active
    AND NOT o.sms_allowed) AS sms_allowed,
  EXISTS (SELECT 1 FROM membership m
    LEFT JOIN organisation o ON o.id = m.organisation_id
    WHERE m.account_id = a.id AND m.active AND COALESCE(o.active, TRUE)
    AND (m.portal <> 'institution' OR o.second_factor = 'required'))
    AS required
FROM account a
LEFT JOIN factor s ON s.account_id = a.id AND s.kind = 'sms'
  AND s.confirmed_at IS NOT NULL
WHERE a.id = :account

-- :factor_app one
-- scope: none, because the account just gave its password
SELECT f.id, f.key_id, f.secret
FROM factor f
WHERE f.account_id = :account AND f.kind = 'totp'
AND f.confirmed_at IS NOT NULL

-- A step of the clock is used once, whatever arrives at the same time.
-- :factor_app_used exec
-- scope: none, because the account just proved to have it
UPDATE factor SET last_counter = :counter
WHERE id = :id AND last_counter < :counter

-- :factor_recovery_used exec
-- scope: none, because the account just proved to have it
UPDATE recovery_code SET used_at = UTC_TIMESTAMP()
WHERE account_id = :account AND code_hash = :code AND used_at IS NULL

-- :factor_sms_set exec
-- scope: none, because a session is found by its secret
REPLACE INTO sms_code (session_id, code, expires_at)
VALUES (:session, :code, UTC_TIMESTAMP() + INTERVAL :minutes MINUTE)

-- A try: none left, or too late: 0 rows.
-- :factor_sms_try exec
-- scope: none, because a session is found by its secret
UPDATE sms_code SET tries = tries + 1
WHERE session_id = :session AND tries < :tries
AND expires_at > UTC_TIMESTAMP()

-- :factor_sms_used exec
-- scope: none, because a session is found by its secret
DELETE FROM sms_code WHERE session_id = :session AND code = :code
