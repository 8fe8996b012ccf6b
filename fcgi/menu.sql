-- What waits for an account, as numbers in its menu.

-- Requests to approve; a day that was proposed and is to be answered.
-- :menu_institution one
SELECT
  (SELECT COUNT(*) FROM approval a
    WHERE a.approver_id = :scope_account AND a.verdict IS NULL
      AND {scope:approval a}) AS approvals,
  (SELECT COUNT(*) FROM request q
    WHERE q.state = 'proposed' AND q.requester_id = :scope_account
      AND {scope:request q}) AS actions

-- Requests to accept.
-- :menu_supplier one
SELECT COUNT(*) AS work
FROM request q
WHERE q.state = 'submitted' AND {scope:request q}
