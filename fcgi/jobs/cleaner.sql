-- What has served. At most 1,000 rows a statement.

-- A day longer than they can be used: what is typed in a form of theirs is
-- kept (access/draft.h).
-- :clean_sessions exec
-- scope: none, because nobody can use them any more
DELETE FROM session
WHERE seen_at < DATE_SUB(UTC_TIMESTAMP(),
  INTERVAL :idle + 24 * 60 MINUTE)
OR created_at < DATE_SUB(UTC_TIMESTAMP(), INTERVAL :hours + 24 HOUR)
LIMIT 1000

-- :clean_form_keys exec
-- scope: none, because a form that old is not sent again
DELETE FROM form_key
WHERE at < DATE_SUB(UTC_TIMESTAMP(), INTERVAL 2 DAY)
LIMIT 1000

-- :clean_login_guards exec
-- scope: none, because a bucket is empty again after a day
DELETE FROM login_guard
WHERE at < DATE_SUB(UTC_TIMESTAMP(), INTERVAL 1 DAY)
LIMIT 1000

-- :clean_devices exec
-- scope: none, because they are not known any more
DELETE FROM known_device
WHERE seen_at < DATE_SUB(UTC_TIMESTAMP(), INTERVAL :device_days DAY)
LIMIT 1000

-- :clean_login_help exec
-- scope: none, because it was answered, and counted for an hour
DELETE FROM login_help
WHERE at < DATE_SUB(UTC_TIMESTAMP(), INTERVAL 30 DAY)
LIMIT 1000

-- :clean_mail exec
-- scope: none, because it was sent or given up three months ago
DELETE FROM outbox
WHERE state <> 'queued'
AND created_at < DATE_SUB(UTC_TIMESTAMP(), INTERVAL 90 DAY)
LIMIT 1000

-- With their files.
-- :clean_exports exec
-- scope: none, because they were kept for as long as was told
DELETE FROM export
WHERE expires_at < UTC_TIMESTAMP()
LIMIT 10

-- :clean_drafts exec
-- scope: none, because nobody came back for them
DELETE FROM draft
WHERE at < DATE_SUB(UTC_TIMESTAMP(), INTERVAL 12 HOUR)
LIMIT 1000

-- Of a form that was never sent.
-- :clean_photos exec
-- scope: none, because they belong to no request
DELETE FROM photo
WHERE request_id IS NULL
AND added_at < DATE_SUB(UTC_TIMESTAMP(), INTERVAL 2 DAY)
LIMIT 1000

-- :clean_attachments exec
-- scope: none, because they belong to no request
DELETE FROM attachment
WHERE request_id IS NULL
AND added_at < DATE_SUB(UTC_TIMESTAMP(), INTERVAL 2 DAY)
LIMIT 1000

-- :clean_unread exec
-- scope: none, because a message that old waits for nobody
DELETE FROM message_unread
WHERE at < DATE_SUB(UTC_TIMESTAMP(), INTERVAL 90 DAY)
LIMIT 1000
