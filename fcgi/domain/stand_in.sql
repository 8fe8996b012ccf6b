-- Who answers for an authoriser who is away.

-- :stand_in_get one
-- scope: none, because it is the account's own
SELECT x.id, x.stand_in_id, c.name, x.from_on, x.until_on, x.turned
FROM stand_in x
JOIN account c ON c.id = x.stand_in_id
WHERE x.account_id = :scope_account AND x.organisation_id = :scope_organisation
AND x.until_on >= :today

-- :stand_in_set exec
-- scope: none, because it is the account's own
INSERT INTO stand_in (organisation_id, account_id, stand_in_id, from_on,
  until_on)
VALUES (:scope_organisation, :scope_account, :stand_in, :from, :until)
ON DUPLICATE KEY UPDATE stand_in_id = :stand_in, from_on = :from,
  until_on = :until, turned = FALSE

-- :stand_in_delete exec
-- scope: none, because the caller holds it
DELETE FROM stand_in WHERE id = :id

-- The one of today, if it may still answer.
-- :stand_in_of one
-- scope: none, because only who answers comes out
SELECT x.stand_in_id
FROM stand_in x
JOIN account c ON c.id = x.stand_in_id AND c.state = 'active'
JOIN membership m ON m.account_id = c.id AND m.active
  AND m.portal = 'institution' AND m.organisation_id = x.organisation_id
WHERE x.account_id = :account AND x.organisation_id = :organisation
AND :today BETWEEN x.from_on AND x.until_on
AND x.stand_in_id <> :requester

-- Those that begin, and those that are over.
-- :stand_in_due many
-- scope: none, because nobody is signed in who asks for it
SELECT x.id, x.organisation_id, x.account_id, x.stand_in_id,
  x.until_on < :today AS ended
FROM stand_in x
WHERE x.until_on < :today OR x.from_on <= :today AND NOT x.turned
ORDER BY x.id
FOR UPDATE

-- :stand_in_turned exec
-- scope: none, because the caller holds it
UPDATE stand_in SET turned = TRUE WHERE id = :id

-- What waits goes to the stand-in, but what he asked himself.
-- :stand_in_take_requests exec
-- scope: none, because the caller holds the stand-in of that organisation
UPDATE request r
JOIN request_line n ON n.request_id = r.id
SET n.approver_id = :stand_in, r.approver_id = :stand_in, r.version = r.version + 1,
  r.changed_at = UTC_TIMESTAMP()
WHERE r.approver_id = :account AND r.state = 'awaiting_approval'
AND r.organisation_id = :organisation AND r.requester_id <> :stand_in

-- :stand_in_take_approvals exec
-- scope: none, because the caller holds the stand-in of that organisation
UPDATE approval v
JOIN request r ON r.id = v.subject_id
SET v.approver_id = :stand_in, v.on_behalf_id = :account
WHERE v.subject_kind = 'request' AND v.approver_id = :account
AND v.verdict IS NULL AND v.organisation_id = :organisation
AND r.requester_id <> :stand_in

-- And back.
-- :stand_in_back_requests exec
-- scope: none, because the caller holds the stand-in of that organisation
UPDATE request r
JOIN approval v ON v.subject_kind = 'request' AND v.subject_id = r.id
  AND v.verdict IS NULL
JOIN request_line n ON n.request_id = r.id
SET n.approver_id = :account, r.approver_id = :account, r.version = r.version + 1,
  r.changed_at = UTC_TIMESTAMP()
WHERE v.on_behalf_id = :account AND r.state = 'awaiting_approval'
AND r.organisation_id = :organisation

-- :stand_in_back_approvals exec
-- scope: none, because the caller holds the stand-in of that organisation
UPDATE approval v
SET v.approver_id = :account, v.on_behalf_id = NULL
WHERE v.on_behalf_id = :account AND v.verdict IS NULL
AND v.organisation_id = :organisation

-- Who lets something wait for so long, and how much; each is told as often.
-- :approval_wait many
-- scope: none, because nobody is signed in who asks for it
SELECT v.approver_id, c.email, c.name, c.lang, COUNT(*) AS waiting
FROM approval v
JOIN account c ON c.id = v.approver_id AND c.state = 'active'
WHERE v.verdict IS NULL
AND COALESCE(v.reminded_at, v.asked_at)
  < UTC_TIMESTAMP() - INTERVAL :days DAY
GROUP BY v.approver_id
ORDER BY v.approver_id

-- :approval_reminded exec
-- scope: none, because nobody is signed in who asks for it
UPDATE approval SET reminded_at = UTC_TIMESTAMP()
WHERE approver_id = :account AND verdict IS NULL

-- :approval_late many
-- scope: none, because nobody is signed in who asks for it
SELECT v.organisation_id, v.approver_id, c.name, COUNT(*) AS waiting
FROM approval v
JOIN account c ON c.id = v.approver_id
WHERE v.verdict IS NULL AND v.escalated_at IS NULL
AND v.asked_at < UTC_TIMESTAMP() - INTERVAL :days DAY
GROUP BY v.organisation_id, v.approver_id
ORDER BY v.organisation_id, v.approver_id

-- :approval_escalated exec
-- scope: none, because nobody is signed in who asks for it
UPDATE approval SET escalated_at = UTC_TIMESTAMP()
WHERE approver_id = :account AND organisation_id = :organisation
AND verdict IS NULL AND escalated_at IS NULL
AND asked_at < UTC_TIMESTAMP() - INTERVAL :days DAY

-- :approval_administrators many
-- scope: none, because nobody is signed in who asks for it
SELECT c.email, c.name, c.lang
FROM membership m
JOIN account c ON c.id = m.account_id AND c.state = 'active'
WHERE m.organisation_id = :organisation AND m.portal = 'institution'
AND m.role = 'admin' AND m.active
ORDER BY c.id
