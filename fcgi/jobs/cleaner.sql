-- What has served. At most 1,000 rows a statement.

-- :clean_sessions exec
-- scope: none, because nobody can use them any more
DELETE FROM session
WHERE seen_at < DATE_SUB(UTC_TIMESTAMP(), INTERVAL :idle MINUTE)
OR created_at < DATE_SUB(UTC_TIMESTAMP(), INTERVAL :hours HOUR)
LIMIT 1000

-- :clean_form_keys exec
-- scope: none, because a form that old is not sent again
DELETE FROM form_key
WHERE at < DATE_SUB(UTC_TIMESTAMP(), INTERVAL 2 DAY)
LIMIT 1000

-- :clean_login_attempts exec
-- scope: none, because lock-out looks back a day at most
DELETE FROM login_attempt
WHERE at < DATE_SUB(UTC_TIMESTAMP(), INTERVAL 30 DAY)
LIMIT 1000

-- :clean_mail exec
-- scope: none, because it was sent or given up three months ago
DELETE FROM outbox
WHERE state <> 'queued'
AND created_at < DATE_SUB(UTC_TIMESTAMP(), INTERVAL 90 DAY)
LIMIT 1000
