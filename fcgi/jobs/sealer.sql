-- Sealing the log of who saw what.

-- :seal_last one
-- scope: none, because batches are of the whole log
SELECT id, to_seq, hash FROM audit_seal ORDER BY id DESC LIMIT 1

-- Up to where nothing is new, and some rows at a time: what is dated in the
-- future does not hold it up.
-- :seal_settled one
-- scope: none, because the whole log is sealed
SELECT COALESCE(LEAST(n.last, COALESCE(
    (SELECT MIN(x.seq) - 1 FROM audit x
      WHERE x.at BETWEEN UTC_TIMESTAMP() - INTERVAL :seconds SECOND
        AND UTC_TIMESTAMP() + INTERVAL :seconds SECOND AND x.seq > :after),
    n.last)), 0) AS until,
  n.found = :most AS more
FROM (
  SELECT MAX(s.seq) AS last, COUNT(*) AS found FROM (
    SELECT seq FROM audit WHERE seq > :after ORDER BY seq LIMIT :most) s
) n

-- Waits until what others write there is written, or given up.
-- :seal_wait one
-- scope: none, because the whole log is sealed
SELECT COUNT(*) AS waited
FROM audit
WHERE seq > :after AND seq <= :until
LOCK IN SHARE MODE

-- :seal_rows many
-- scope: none, because the whole log is sealed
SELECT seq, DATE_FORMAT(at, '%Y-%m-%d %H:%i:%s.%f') AS at, request_id,
  actor_id, membership_id, organisation_id, client_id, account_id, subject,
  action, access_right, outcome, address,
  DATE_FORMAT(UTC_TIMESTAMP(), '%Y-%m-%d %H:%i:%s') AS now
FROM audit
WHERE seq > :after AND seq <= :until
ORDER BY seq
LIMIT :most

-- :seal_add exec
-- scope: none, because batches are of the whole log
INSERT INTO audit_seal (id, from_seq, to_seq, row_count, last_at, sealed_at,
  rows_hash, hash, key_id, mac)
VALUES (:id, :from, :to, :count, :last_at, :sealed_at, :rows_hash, :hash,
  :key_id, :mac)
