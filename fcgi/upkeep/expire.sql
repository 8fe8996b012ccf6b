-- What was kept long enough. Only the user of the migrations may do this.

-- :audit_expire_next one
-- scope: none, because batches are of the whole log
SELECT id, from_seq, to_seq, row_count
FROM audit_seal
WHERE expired_at IS NULL
AND last_at < UTC_TIMESTAMP() - INTERVAL :years YEAR
ORDER BY id
LIMIT 1

-- :audit_expire_rows exec
-- scope: none, because they were kept for as long as the law asks
DELETE FROM audit WHERE seq BETWEEN :from AND :to

-- :audit_expire_batch exec
-- scope: none, because batches are of the whole log
UPDATE audit_seal SET expired_at = UTC_TIMESTAMP() WHERE id = :id

-- :audit_expire_record exec
-- scope: none, because it only adds what was done outside any page
INSERT INTO audit (request_id, subject, action, access_right, outcome, address)
VALUES (:request, :subject, 'delete', '', 'ok', 'local')
