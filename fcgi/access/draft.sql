-- What was typed when a session ended.

-- :draft_account one
-- scope: none, because a session is found by its secret
SELECT s.account_id
FROM session s
JOIN account a ON a.id = s.account_id
WHERE s.id = :id AND s.step = 'complete'
AND a.state = 'active' AND a.password_set_at <= s.created_at

-- :draft_insert exec
-- scope: none, because it is read by its own account alone
INSERT INTO draft (id, account_id, path, key_id, body)
SELECT :id, :account, :path, :key, :body
FROM (SELECT COUNT(*) AS n FROM draft d
  WHERE d.account_id = :account
  AND d.at > UTC_TIMESTAMP() - INTERVAL :hours HOUR) c
WHERE c.n < :max

-- :draft_get one
-- scope: none, because it is the account's own
SELECT d.key_id, d.body FROM draft d
WHERE d.id = :id AND d.account_id = :scope_account AND d.path = :path
AND d.at > UTC_TIMESTAMP() - INTERVAL :hours HOUR
