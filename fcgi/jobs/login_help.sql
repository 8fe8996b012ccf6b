-- Who asked for help with logging in, and whose account was locked.

-- :login_help_next one
-- scope: none, because nobody is signed in who asks for it
SELECT h.id, h.kind, a.id AS account_id, a.email, a.name, a.lang, a.state,
  (SELECT COUNT(*) FROM login_help d
    WHERE d.email = h.email AND d.kind = h.kind
    AND d.done_at > UTC_TIMESTAMP() - INTERVAL 1 HOUR)
    AS answered
FROM login_help h
LEFT JOIN account a
  ON a.email = h.email AND a.state IN ('active', 'deactivated')
WHERE h.done_at IS NULL
ORDER BY h.id
LIMIT 1
FOR UPDATE SKIP LOCKED

-- :login_help_done exec
-- scope: none, because nobody is signed in who asks for it
UPDATE login_help SET done_at = UTC_TIMESTAMP() WHERE id = :id
