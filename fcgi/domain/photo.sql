-- Photos with a request.

-- :photo_insert exec
-- scope: none, because it only adds what the account sends
INSERT INTO photo (code, organisation_id, account_id, width, height, bytes,
  small)
VALUES (:code, :organisation, :account, :width, :height, :bytes, :small)

-- One that the account sent with a form before.
-- :photo_kept one
-- scope: none, because a photo of no request is the account's own
SELECT p.id
FROM photo p
WHERE p.code = :code AND p.account_id = :account
AND p.organisation_id = :organisation AND p.request_id IS NULL

-- :photo_attach exec
-- scope: none, because the request was made or read in scope by the account, whose photo it is
UPDATE photo p
SET p.request_id = (SELECT q.id FROM request q WHERE q.number = :number),
  p.position = :position, p.kind = :kind, p.message_id = :message,
  p.line_id = :line
WHERE p.code = :code AND p.account_id = :account AND p.request_id IS NULL

-- :photo_list many
SELECT p.position, p.width, p.height, p.kind, p.message_id, p.line_id
FROM photo p
WHERE p.request_id = :request AND {scope:request_line p}
ORDER BY p.position

-- :photo_whole one
SELECT p.bytes
FROM photo p
WHERE p.request_id = :request AND p.position = :position
AND {scope:request_line p}

-- :photo_small one
SELECT p.small AS bytes
FROM photo p
WHERE p.request_id = :request AND p.position = :position
AND {scope:request_line p}

-- For the paper, which the job that mails it may draw.
-- :photo_drawn one
-- scope: none, because the request's document was issued in scope and names it
SELECT p.small AS bytes
FROM photo p
WHERE p.request_id = :request AND p.position = :position
