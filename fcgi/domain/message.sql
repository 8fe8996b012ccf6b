-- Messages between the two sides of a request.

-- Its row is locked to the end of the transaction: what is attached has its
-- numbers to itself.
-- :message_touch exec
UPDATE request q
SET q.message_at = UTC_TIMESTAMP()
WHERE q.id = :request AND {scope:request q}

-- :message_insert exec
-- scope: none, because the request was read in scope and is locked
INSERT INTO request_message (request_id, organisation_id, side, account_id,
  author, text)
VALUES (:request, :organisation, :side, :account, :author, :text)

-- :message_list many
SELECT m.id, m.side, m.author, m.text,
  DATE_FORMAT(m.at, '%Y-%m-%dT%H:%i:%sZ') AS at
FROM request_message m
WHERE m.request_id = :request AND {scope:request_line m}
ORDER BY m.id

-- Who asked and who wrote, as long as they work for it.
-- :message_customers many
-- scope: c s, because they are people of a request that was read in scope
SELECT c.id, c.email, c.name, c.lang
FROM account c
WHERE c.id <> :account AND c.state = 'active' AND c.email IS NOT NULL
AND (c.id = :requester OR c.id IN (SELECT m.account_id
  FROM request_message m
  WHERE m.request_id = :request AND m.side = 'customer'
  AND {scope:request_line m}))
AND EXISTS (SELECT 1 FROM membership s
  WHERE s.account_id = c.id AND s.organisation_id = :organisation
  AND s.active AND s.portal <> 'supplier')

-- :message_mark exec
-- scope: none, because the request was read in scope, and it only adds whom it is for
INSERT INTO message_unread (account_id, request_id, side)
VALUES (:account, :request, 'customer')
ON DUPLICATE KEY UPDATE at = UTC_TIMESTAMP()

-- Those of the branch who see its work.
-- :message_mark_branch exec
-- scope: none, because the request was read in scope, and it only adds whom it is for
INSERT INTO message_unread (account_id, request_id, side)
SELECT DISTINCT s.account_id, :request, 'supplier'
FROM membership s
JOIN account c ON c.id = s.account_id AND c.state = 'active'
WHERE s.portal = 'supplier' AND s.active
AND s.role IN ('advisor', 'planner', 'service')
AND (s.branch_id IS NULL OR s.branch_id = :branch)
ON DUPLICATE KEY UPDATE at = UTC_TIMESTAMP()

-- But not where one came after the last that was shown.
-- :message_seen exec
-- scope: none, because the mark is the account's own
DELETE FROM message_unread
WHERE account_id = :account AND request_id = :request AND side = :side
AND NOT EXISTS (SELECT 1 FROM request_message n
  WHERE n.request_id = :request AND n.id > :last)

-- :message_answered exec
-- scope: none, because the request was read in scope and its side answered
DELETE FROM message_unread
WHERE request_id = :request AND side = 'supplier'
