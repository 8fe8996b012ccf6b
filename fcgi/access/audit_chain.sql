-- What `hulpbalie audit-verify` asks.

-- :audit_batches many
-- scope: none, because batches are of the whole log
SELECT id, from_seq, to_seq, row_count, rows_hash, hash, key_id, mac,
  DATE_FORMAT(last_at, '%Y-%m-%d %H:%i:%s.%f') AS last_at,
  DATE_FORMAT(sealed_at, '%Y-%m-%d %H:%i:%s') AS sealed_at,
  expired_at IS NOT NULL AS expired,
  last_at < UTC_TIMESTAMP() - INTERVAL :years YEAR AS old
FROM audit_seal
WHERE id > :after
ORDER BY id
LIMIT 100

-- :audit_batch_rows many
-- scope: none, because the machine's administrator verifies the whole log
SELECT seq, DATE_FORMAT(at, '%Y-%m-%d %H:%i:%s.%f') AS at, request_id,
  actor_id, membership_id, organisation_id, client_id, account_id, subject,
  action, access_right, outcome, address
FROM audit
WHERE seq BETWEEN :from AND :to
ORDER BY seq
LIMIT :most

-- Rows that wait for their seal; late: for too long.
-- :audit_unsealed one
-- scope: none, because the machine's administrator verifies the whole log
SELECT COUNT(*) AS waiting,
  COALESCE(SUM(at < UTC_TIMESTAMP() - INTERVAL :seconds SECOND), 0) AS late
FROM audit
WHERE seq > :after
