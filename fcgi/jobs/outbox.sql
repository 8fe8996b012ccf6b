-- The outbox, as the job process sees it: everybody's.

-- What comes first of what is due. Not locked: nobody who adds a message may
-- wait for one that is being sent.
-- :outbox_due one
-- scope: none, because the sender sends for everybody
SELECT o.id, o.message_id, o.kind, o.recipient, o.recipient_name, o.lang,
  o.subject, o.body_text, o.body_html, o.document_id, o.attempts,
  o.unanswered, UNIX_TIMESTAMP(o.created_at) AS created,
  COALESCE(o.expires_at <= UTC_TIMESTAMP(), FALSE) AS expired
FROM outbox o
WHERE o.state = 'queued' AND o.channel = :channel
AND o.due_at <= UTC_TIMESTAMP()
ORDER BY o.priority, o.due_at, o.id
LIMIT 1

-- Changes no row where another process was first.
-- :outbox_claim exec
-- scope: none, because the sender sends for everybody
UPDATE outbox
SET attempts = attempts + 1, unanswered = unanswered + 1,
  due_at = DATE_ADD(UTC_TIMESTAMP(), INTERVAL :seconds SECOND)
WHERE id = :id AND state = 'queued' AND attempts = :attempts

-- What opens an account stays no longer than it must.
-- :outbox_sent exec
-- scope: none, because the sender sends for everybody
UPDATE outbox
SET state = 'sent', sent_at = UTC_TIMESTAMP(), unanswered = 0, error = NULL,
  body_text = IF(kind LIKE 'account.%', '', body_text),
  body_html = IF(kind LIKE 'account.%', NULL, body_html)
WHERE id = :id

-- Tried again later, until it is of no use any more.
-- :outbox_later exec
-- scope: none, because the sender sends for everybody
UPDATE outbox
SET error = :error, unanswered = 0,
  due_at = DATE_ADD(UTC_TIMESTAMP(), INTERVAL :seconds SECOND),
  state = IF(UTC_TIMESTAMP() > COALESCE(expires_at,
    DATE_ADD(created_at, INTERVAL 2 DAY)), 'failed', 'queued')
WHERE id = :id

-- :outbox_failed exec
-- scope: none, because the sender sends for everybody
UPDATE outbox
SET state = 'failed', error = :error
WHERE id = :id AND state = 'queued'
