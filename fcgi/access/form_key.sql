-- :form_key_insert exec
-- scope: none, because a key is the account's own
INSERT IGNORE INTO form_key (account_id, form_key, content)
VALUES (:account, :form_key, :content)

-- Locked as the refused INSERT left it, so that it reads what the other
-- request just committed, and two of them do not wait for each other.
-- :form_key_get one
-- scope: none, because a key is the account's own
SELECT content, result FROM form_key
WHERE account_id = :account AND form_key = :form_key
LOCK IN SHARE MODE

-- :form_key_result exec
-- scope: none, because a key is the account's own
UPDATE form_key SET result = :result
WHERE account_id = :account AND form_key = :form_key

-- :form_key_delete exec
-- scope: none, because a key is the account's own
DELETE FROM form_key WHERE account_id = :account AND form_key = :form_key
