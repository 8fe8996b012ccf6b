-- Enrolling a second step: who is signed in, or just gave the password.

-- :enrol_factor exec
-- scope: none, because the account just proved to have it
INSERT INTO factor (account_id, kind, key_id, secret, last_counter,
  confirmed_at)
VALUES (:account, :kind, :key, :secret, :counter, UTC_TIMESTAMP())
ON DUPLICATE KEY UPDATE key_id = :key, secret = :secret,
  last_counter = :counter, confirmed_at = UTC_TIMESTAMP()

-- :enrol_recovery_delete exec
-- scope: none, because the account makes new ones
DELETE FROM recovery_code WHERE account_id = :account

-- :enrol_recovery_insert exec
-- scope: none, because the account makes them
INSERT INTO recovery_code (account_id, code_hash) VALUES (:account, :code)
