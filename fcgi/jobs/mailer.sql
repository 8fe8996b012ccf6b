-- The outbox, as the job process sees it: everybody's.

-- What comes first of what is due. Not locked: nobody who adds a mail may
-- wait for one that is being sent.
-- :mail_due one
-- scope: none, because the mailer sends for everybody
SELECT o.id, o.message_id, o.kind, o.recipient, o.recipient_name, o.lang,
  o.subject, o.body_text, o.body_html, o.document_id, o.attempts,
  UNIX_TIMESTAMP(o.created_at) AS created
FROM outbox o
WHERE o.state = 'queued' AND o.channel = 'mail'
AND o.due_at <= UTC_TIMESTAMP()
ORDER BY o.priority, o.due_at, o.id
LIMIT 1

-- Changes no row where another process was first.
-- :mail_claim exec
-- scope: none, because the mailer sends for everybody
UPDATE outbox
SET attempts = attempts + 1,
  due_at = DATE_ADD(UTC_TIMESTAMP(), INTERVAL :seconds SECOND)
WHERE id = :id AND state = 'queued' AND attempts = :attempts

-- :mail_sent exec
-- scope: none, because the mailer sends for everybody
UPDATE outbox
SET state = 'sent', sent_at = UTC_TIMESTAMP(), error = NULL
WHERE id = :id

-- Tried again later, until two days have gone by.
-- :mail_failed exec
-- scope: none, because the mailer sends for everybody
UPDATE outbox
SET error = :error,
  due_at = DATE_ADD(UTC_TIMESTAMP(), INTERVAL :seconds SECOND),
  state = IF(created_at < DATE_SUB(UTC_TIMESTAMP(), INTERVAL 2 DAY),
    'failed', 'queued')
WHERE id = :id
