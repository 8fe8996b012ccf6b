-- What waits for an account, as numbers in its menu.

-- Requests to approve; a day that was proposed and is to be answered.
-- :menu_institution one
-- scope: a q u, because they are the account's own, in its organisation
SELECT
  (SELECT COUNT(*) FROM approval a
    WHERE a.approver_id = :scope_account AND a.verdict IS NULL
      AND a.organisation_id = :scope_organisation) AS approvals,
  (SELECT COUNT(*) FROM request q USE INDEX (waiting)
    WHERE q.state = 'proposed' AND q.requester_id = :scope_account
      AND q.organisation_id = :scope_organisation) AS actions,
  (SELECT COUNT(*) FROM message_unread u
    JOIN request w ON w.id = u.request_id
    WHERE u.account_id = :scope_account AND u.side = 'customer'
      AND {scope:request w}) AS messages

-- :menu_professional one
-- scope: u, because they are the account's own
SELECT COUNT(*) AS messages
FROM message_unread u
JOIN request w ON w.id = u.request_id
WHERE u.account_id = :scope_account AND u.side = 'customer'
AND {scope:request w}

-- Aids whose inspection is overdue, up to a thousand. What it costs more than
-- the rest of a page is kept as options are.
-- :menu_overdue many
SELECT COUNT(*) AS value, NULL AS label
FROM (
  SELECT 1 FROM aid d USE INDEX (by_due)
  WHERE d.inspection_due < CURRENT_DATE
  AND d.status NOT IN ('out_of_service', 'scrapped') AND {scope:aid d}
  LIMIT 1000) overdue

-- Requests to accept; by branch, as they are indexed. Accounts to link, changes
-- of locations to answer.
-- :menu_supplier one
-- scope: a u, because a membership of the account is in scope, or they are its own
SELECT
  (SELECT COUNT(*)
    FROM branch b
    STRAIGHT_JOIN request q ON q.branch_id = b.id
    WHERE q.state = 'submitted' AND {scope:request q}) AS work,
  (SELECT COUNT(*) FROM account a
    WHERE a.wanted_email IS NOT NULL AND a.state = 'invited'
      AND EXISTS (SELECT 1 FROM membership m
        WHERE m.account_id = a.id AND {scope:membership m}))
    AS `customer-accounts`,
  (SELECT COUNT(*) FROM location_change c
    WHERE c.state = 'asked' AND {scope:location_change c})
    AS `location-changes`,
  (SELECT COUNT(*) FROM message_unread u
    JOIN request w ON w.id = u.request_id
    WHERE u.account_id = :scope_account AND u.side = 'supplier'
      AND {scope:request w}) AS `work-messages`
