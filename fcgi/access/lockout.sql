-- Did the account log in with this device before?
-- :lockout_device one
-- scope: none, because nobody is signed in yet
SELECT d.account_id
FROM known_device d
JOIN account a ON a.id = d.account_id
WHERE d.id = :device AND a.email = :email
AND d.seen_at > UTC_TIMESTAMP() - INTERVAL :days DAY

-- :lockout_device_seen exec
-- scope: none, because the account just logged in with it
INSERT INTO known_device (id, account_id) VALUES (:device, :account)
ON DUPLICATE KEY UPDATE seen_at = UTC_TIMESTAMP()

-- Adds to a bucket, and locks it: who tries at the same time comes after.
-- :lockout_add exec
-- scope: none, because nobody is signed in yet
INSERT INTO login_guard (id, level, at)
VALUES (:id, :count, UTC_TIMESTAMP(6))
ON DUPLICATE KEY UPDATE
  level = :count + GREATEST(0, level - :tries / (1e6 * :seconds)
    * TIMESTAMPDIFF(MICROSECOND, at, UTC_TIMESTAMP(6))),
  at = UTC_TIMESTAMP(6)

-- How long until a try fits into the bucket, those of now not counted. A page
-- shows minutes: until is a whole one, not before that time.
-- :lockout_wait one
-- scope: none, because nobody is signed in yet
SELECT w.wait, DATE_FORMAT(UTC_TIMESTAMP() + INTERVAL w.wait + 59 SECOND,
  '%Y-%m-%dT%H:%i:00Z') AS until
FROM (
  SELECT CEIL((level - :count - (:tries - 1)) * :seconds / :tries
    - TIMESTAMPDIFF(MICROSECOND, at, UTC_TIMESTAMP(6)) / 1e6) AS wait
  FROM login_guard
  WHERE id = :id) w
WHERE w.wait > 0

-- :lockout_forget exec
-- scope: none, because the account just logged in
DELETE FROM login_guard WHERE id = :id
