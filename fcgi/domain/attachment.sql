-- Files with a request that are no photos.

-- :attachment_insert exec
-- scope: none, because it only adds what the account sends
INSERT INTO attachment (code, organisation_id, account_id, name, size, bytes)
VALUES (:code, :organisation, :account, :name, :size, :bytes)

-- One that the account sent with a form before.
-- :attachment_kept one
-- scope: none, because a file of no request is the account's own
SELECT a.id
FROM attachment a
WHERE a.code = :code AND a.account_id = :account
AND a.organisation_id = :organisation AND a.request_id IS NULL

-- As it is now: the request's row is locked.
-- :attachment_last one
-- scope: none, because only a number of a request that was read in scope comes out
SELECT
  (SELECT COALESCE(MAX(p.position), 0) FROM photo p
    WHERE p.request_id = q.id) AS photo,
  (SELECT COALESCE(MAX(a.position), 0) FROM attachment a
    WHERE a.request_id = q.id) AS attachment
FROM request q
WHERE q.number = :number
LOCK IN SHARE MODE

-- :attachment_attach exec
-- scope: none, because the request was read in scope by the account, whose file it is
UPDATE attachment a
SET a.request_id = (SELECT q.id FROM request q WHERE q.number = :number),
  a.position = :position, a.message_id = :message
WHERE a.code = :code AND a.account_id = :account AND a.request_id IS NULL

-- :attachment_list many
-- scope: m, because a file in scope names the message it came with
SELECT a.message_id, a.position, a.name, a.size,
  DATE_FORMAT(COALESCE(m.at, a.added_at), '%Y-%m-%dT%H:%i:%sZ') AS at,
  m.author
FROM attachment a
LEFT JOIN request_message m ON m.id = a.message_id
WHERE a.request_id = :request AND {scope:request_line a}
ORDER BY a.position

-- :attachment_whole one
SELECT a.name, a.bytes
FROM attachment a
WHERE a.request_id = :request AND a.position = :position
AND {scope:request_line a}
