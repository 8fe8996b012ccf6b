-- What an account proves itself with.

-- :credentials_password exec
-- scope: none, because the account proved itself, by its password or a link
UPDATE account
SET password_hash = :hash, password_set_at = UTC_TIMESTAMP()
WHERE id = :account

-- :credentials_links exec
-- scope: none, because the account proved itself, by its password or a link
UPDATE account_link SET used_at = UTC_TIMESTAMP()
WHERE account_id = :account AND used_at IS NULL

-- :credentials_hash one
SELECT a.password_hash FROM account a
WHERE a.id = :scope_account AND {scope:account a}
