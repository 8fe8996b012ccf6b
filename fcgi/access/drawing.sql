-- :drawing_account exec
-- scope: none, because it is the account's own
INSERT IGNORE INTO document_use (account_id) VALUES (:scope_account)

-- Takes a charge beforehand, for what is not the end of it; no row: used up.
-- :drawing_begin exec
-- scope: none, because it is the account's own
UPDATE document_use
SET milliseconds = :charge + GREATEST(0, LEAST(milliseconds, 2 * :share)
    - TIMESTAMPDIFF(MICROSECOND, at, UTC_TIMESTAMP(3)) * :share / 6e7),
  at = UTC_TIMESTAMP(3)
WHERE account_id = :scope_account
AND LEAST(milliseconds, 2 * :share)
  - TIMESTAMPDIFF(MICROSECOND, at, UTC_TIMESTAMP(3)) * :share / 6e7 < :share

-- What it really took.
-- :drawing_end exec
-- scope: none, because it is the account's own
UPDATE document_use
SET milliseconds = GREATEST(0, milliseconds - :charge + :used)
WHERE account_id = :scope_account
