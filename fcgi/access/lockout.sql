-- When the oldest failure that is one too many is forgotten: of the account
-- since its last log-in, and of the address. No row value: now.
-- :lockout_until one
-- scope: none, because nobody is signed in yet
SELECT DATE_FORMAT(MAX(l.at) + INTERVAL :minutes MINUTE,
    '%Y-%m-%dT%H:%i:%sZ') AS until,
  TIMESTAMPDIFF(SECOND, UTC_TIMESTAMP(), MAX(l.at) + INTERVAL :minutes MINUTE)
    AS seconds
FROM (
  (SELECT at FROM login_attempt
    WHERE account_hash = :account
    AND failed
    AND at > UTC_TIMESTAMP() - INTERVAL :minutes MINUTE
    AND id > COALESCE((
      SELECT MAX(id) FROM login_attempt
      WHERE account_hash = :account
      AND NOT failed
      AND at > UTC_TIMESTAMP() - INTERVAL :minutes MINUTE), 0)
    ORDER BY at DESC, id DESC LIMIT 1 OFFSET :account_spare)
  UNION ALL
  (SELECT at FROM login_attempt
    WHERE address = :address
    AND failed
    AND at > UTC_TIMESTAMP() - INTERVAL :minutes MINUTE
    ORDER BY at DESC, id DESC LIMIT 1 OFFSET :address_spare)) l

-- :lockout_count exec
-- scope: none, because nobody is signed in yet
INSERT INTO login_attempt (account_hash, address, step, failed)
VALUES (:account, :address, :step, :failed)
