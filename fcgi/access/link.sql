-- Links in mails; a token is found by its hash alone.

-- :link_end exec
-- scope: none, because the newest link is the only one that works
UPDATE account_link SET used_at = UTC_TIMESTAMP()
WHERE account_id = :account AND kind = :kind AND used_at IS NULL

-- :link_insert exec
-- scope: none, because it goes to the account's own mail address
INSERT INTO account_link (id, account_id, kind, expires_at)
VALUES (:id, :account, :kind,
  DATE_ADD(UTC_TIMESTAMP(), INTERVAL :minutes MINUTE))

-- :link_get one
-- scope: none, because a link is found by its secret
SELECT l.account_id, a.email, a.name, a.lang, a.phone
FROM account_link l
JOIN account a ON a.id = l.account_id
WHERE l.id = :id AND l.kind = :kind
AND l.used_at IS NULL AND l.expires_at > UTC_TIMESTAMP()
AND a.state = IF(l.kind = 'activate', 'invited', 'active')

-- :link_use exec
-- scope: none, because a link is found by its secret
UPDATE account_link SET used_at = UTC_TIMESTAMP()
WHERE id = :id AND kind = :kind
AND used_at IS NULL AND expires_at > UTC_TIMESTAMP()
