-- The life of an account. Who may change it is a right, and goes by its
-- memberships: account_get and account_lock choose by those in scope, and
-- what follows in the same transaction is about the account they gave.

-- :account_get one
-- scope: a f l x, because a membership of the account is in scope
SELECT a.id, a.version, a.code, a.state, a.email, a.wanted_email, a.name,
  a.phone, a.lang, a.password_set_at IS NOT NULL AS has_password,
  DATE_FORMAT(a.created_at, '%Y-%m-%dT%H:%i:%sZ') AS created_at,
  DATE_FORMAT(a.last_login_at, '%Y-%m-%dT%H:%i:%sZ') AS last_login_at,
  (SELECT DATE_FORMAT(MAX(l.expires_at), '%Y-%m-%dT%H:%i:%sZ')
    FROM account_link l
    WHERE l.account_id = a.id AND l.kind = 'activate' AND l.used_at IS NULL
    AND l.expires_at > UTC_TIMESTAMP()) AS link_until,
  EXISTS (SELECT 1 FROM factor f
    WHERE f.account_id = a.id AND f.confirmed_at IS NOT NULL) AS has_factor,
  (SELECT COUNT(*) FROM membership x WHERE x.account_id = a.id)
    > (SELECT COUNT(*) FROM membership m
      WHERE m.account_id = a.id AND {scope:membership m}) AS elsewhere
FROM account a
WHERE a.code = :code
AND EXISTS (SELECT 1 FROM membership n
  WHERE n.account_id = a.id AND {scope:membership n})

-- The same, held for the transaction.
-- :account_lock one
-- scope: a f l x, because a membership of the account is in scope
SELECT a.id, a.version, a.code, a.state, a.email, a.wanted_email, a.name,
  a.phone, a.lang, a.password_set_at IS NOT NULL AS has_password,
  DATE_FORMAT(a.created_at, '%Y-%m-%dT%H:%i:%sZ') AS created_at,
  DATE_FORMAT(a.last_login_at, '%Y-%m-%dT%H:%i:%sZ') AS last_login_at,
  (SELECT DATE_FORMAT(MAX(l.expires_at), '%Y-%m-%dT%H:%i:%sZ')
    FROM account_link l
    WHERE l.account_id = a.id AND l.kind = 'activate' AND l.used_at IS NULL
    AND l.expires_at > UTC_TIMESTAMP()) AS link_until,
  EXISTS (SELECT 1 FROM factor f
    WHERE f.account_id = a.id AND f.confirmed_at IS NOT NULL) AS has_factor,
  (SELECT COUNT(*) FROM membership x WHERE x.account_id = a.id)
    > (SELECT COUNT(*) FROM membership m
      WHERE m.account_id = a.id AND {scope:membership m}) AS elsewhere
FROM account a
WHERE a.code = :code
AND EXISTS (SELECT 1 FROM membership n
  WHERE n.account_id = a.id AND {scope:membership n})
FOR UPDATE

-- :account_of_id one
-- scope: none, because the caller found it in its scope, or is a job
SELECT a.id, a.version, a.code, a.state, a.email, a.wanted_email, a.name,
  a.phone, a.lang, a.password_set_at IS NOT NULL AS has_password,
  DATE_FORMAT(a.created_at, '%Y-%m-%dT%H:%i:%sZ') AS created_at,
  DATE_FORMAT(a.last_login_at, '%Y-%m-%dT%H:%i:%sZ') AS last_login_at,
  NULL AS link_until, 0 AS has_factor, 0 AS elsewhere
FROM account a
WHERE a.id = :id
FOR UPDATE

-- Who keeps the accounts of its organisations, or of the staff; held, so
-- that two who remove each other wait for one another.
-- :account_keepers many
-- scope: none, because only how many there are is used, under its lock
SELECT x.id, x.portal, x.organisation_id, x.account_id
FROM account a
JOIN membership m ON m.account_id = a.id
JOIN membership x
  ON x.organisation_id <=> m.organisation_id AND x.portal = m.portal
JOIN account b ON b.id = x.account_id
LEFT JOIN organisation o ON o.id = x.organisation_id
WHERE a.code = :code AND x.active AND b.state = 'active'
AND COALESCE(o.active, TRUE)
AND x.role IN (:staff, :keeper)
AND x.role = IF(x.portal = 'supplier', :staff, :keeper)
AND x.portal <> 'professional'
FOR UPDATE

-- :account_members many
-- scope: o, because a membership in scope is of it
SELECT m.id, m.version, m.portal, m.organisation_id, o.code, o.name,
  m.branch_id, m.role, m.reason, m.all_places, m.visibility,
  m.may_authorise_orders, m.active
FROM membership m
LEFT JOIN organisation o ON o.id = m.organisation_id
WHERE m.account_id = :account AND {scope:membership m}
ORDER BY m.portal, o.name, m.id

-- :account_members_lock many
-- scope: o, because a membership in scope is of it
SELECT m.id, m.version, m.portal, m.organisation_id, o.code, o.name,
  m.branch_id, m.role, m.reason, m.all_places, m.visibility,
  m.may_authorise_orders, m.active
FROM membership m
LEFT JOIN organisation o ON o.id = m.organisation_id
WHERE m.account_id = :account AND {scope:membership m}
ORDER BY m.portal, o.name, m.id
FOR UPDATE

-- Its organisation, held: what is asked of its accounts happens one by one.
-- :account_organisation one
SELECT o.id, o.name, b.email AS branch_email, b.name AS branch_name
FROM organisation o
JOIN branch b ON b.id = o.branch_id
WHERE o.id = :organisation AND o.active AND {scope:organisation o}
FOR UPDATE

-- Who has that address, and is it seen from here? Two who ask for the same
-- new one at once wait for each other, and see what the first one made.
-- :account_by_email one
-- scope: a, because the caller tells no one of another's account
SELECT a.id, a.name, a.email, a.lang, m.id AS known
FROM account a
LEFT JOIN membership m ON m.account_id = a.id AND {scope:membership m}
WHERE a.email = :email
LIMIT 1
FOR UPDATE

-- Or one who waits for it here.
-- :account_by_wanted one
-- scope: a, because a membership of the account is in scope
SELECT a.id
FROM account a
JOIN membership m ON m.account_id = a.id
WHERE a.wanted_email = :email AND a.state <> 'ended' AND {scope:membership m}
LIMIT 1
FOR UPDATE

-- :account_insert exec
-- scope: none, because it is new
INSERT INTO account (email, wanted_email, name, lang, state)
VALUES (:email, :wanted, :name, :lang, 'invited')

-- :account_member_insert exec
-- scope: none, because the caller checked portal, role and organisation
INSERT INTO membership (account_id, portal, organisation_id, branch_id, role,
  reason, all_places, visibility, may_authorise_orders)
VALUES (:account, :portal, :organisation, :branch, :role, :reason,
  :all_places, :visibility, :orders)

-- Its state and all that goes with it. version counts each change.
-- :account_set_state exec
-- scope: none, because the caller holds the account
UPDATE account
SET state = :state, version = version + 1,
  active_since = IF(:state = 'active', UTC_TIMESTAMP(), active_since)
WHERE id = :account

-- :account_activate_invited exec
-- scope: none, because the link in the account's own mail was used
UPDATE account
SET state = 'active', version = version + 1, active_since = UTC_TIMESTAMP()
WHERE id = :account AND state = 'invited' AND email IS NOT NULL

-- :account_set_name exec
-- scope: none, because the caller holds the account
UPDATE account SET name = :name, version = version + 1 WHERE id = :account

-- :account_set_email exec
-- scope: none, because the caller holds the account
UPDATE account
SET email = :email, wanted_email = NULL, state = 'invited',
  password_hash = NULL, password_set_at = NULL, version = version + 1
WHERE id = :account

-- :account_touch exec
-- scope: none, because the caller holds the account
UPDATE account SET version = version + 1 WHERE id = :account

-- :account_member_set exec
UPDATE membership m
SET m.role = :role, m.branch_id = :branch, m.reason = :reason,
  m.all_places = :all_places, m.visibility = :visibility,
  m.may_authorise_orders = :orders, m.version = m.version + 1
WHERE m.id = :member AND {scope:membership m}

-- :account_member_active exec
UPDATE membership m
SET m.active = :active, m.version = m.version + 1
WHERE m.id = :member AND {scope:membership m}

-- :account_member_touch exec
UPDATE membership m SET m.version = m.version + 1
WHERE m.id = :member AND {scope:membership m}

-- :account_active_members one
-- scope: none, because the caller holds the account
SELECT COUNT(*) AS count FROM membership m
WHERE m.account_id = :account AND m.active

-- What hangs on a membership.

-- :account_services_delete exec
-- scope: none, because the caller holds the membership
DELETE FROM service_authoriser WHERE membership_id = :member

-- :account_service_insert exec
-- scope: none, because the caller holds the membership
INSERT INTO service_authoriser (membership_id, kind, authoriser_id)
VALUES (:member, :kind, :authoriser)

-- :account_steps_delete exec
-- scope: none, because the caller holds the membership
DELETE FROM budget_step WHERE membership_id = :member

-- :account_step_insert exec
-- scope: none, because the caller holds the membership
INSERT INTO budget_step (membership_id, from_cents, authoriser_id)
VALUES (:member, :cents, :authoriser)

-- :account_places_delete exec
-- scope: none, because the caller holds the membership
DELETE FROM membership_place WHERE membership_id = :member

-- A place of the membership's own organisation; else no row is added.
-- :account_place_insert exec
-- scope: membership_place, because the caller holds the membership
-- scope: p, because it is of the organisation of a membership in scope
INSERT INTO membership_place (membership_id, place_id, whole_subtree)
SELECT m.id, p.id, :whole AND p.kind = 'location'
FROM membership m
JOIN place p ON p.organisation_id = m.organisation_id
WHERE m.id = :member AND p.id = :place AND p.active AND {scope:membership m}

-- Who may authorise for others, of an organisation in scope.
-- :account_authorisers many
-- scope: a s b r, because a membership in scope is of it
SELECT m.id AS membership, a.id, a.code, a.name,
  COALESCE(a.email, a.wanted_email, '') AS email, m.role,
  m.may_authorise_orders,
  EXISTS (SELECT 1 FROM service_authoriser s
    WHERE s.membership_id = m.id AND s.authoriser_id = :but)
  OR EXISTS (SELECT 1 FROM budget_step b
    WHERE b.membership_id = m.id AND b.authoriser_id = :but)
  OR EXISTS (SELECT 1 FROM request r
    WHERE r.approver_id = :but AND r.requester_id = a.id
    AND r.state = 'awaiting_approval') AS depends
FROM membership m
JOIN account a ON a.id = m.account_id
WHERE m.organisation_id = :organisation AND m.portal = 'institution'
AND m.active AND a.state IN ('active', 'invited') AND a.id <> :but
AND {scope:membership m}
ORDER BY a.name, a.id

-- One of them.
-- :account_authoriser one
-- scope: a, because a membership in scope is of it
SELECT m.role, m.may_authorise_orders
FROM membership m
JOIN account a ON a.id = m.account_id
WHERE m.account_id = :authoriser AND m.organisation_id = :organisation
AND m.portal = 'institution' AND m.active
AND a.state IN ('active', 'invited') AND {scope:membership m}

-- Who has that account as authoriser, or waits for its verdict now.
-- :account_dependants many
-- scope: s b, because they hang on a membership that the caller manages
-- scope: m a, because the account they depend on is the caller's to manage
-- scope: n c, because the account they depend on is the caller's to manage
-- scope: r w d, because the account they depend on is the caller's to manage
SELECT m.id AS membership, a.code, a.name, m.organisation_id,
  s.kind AS what, NULL AS from_cents
FROM service_authoriser s
JOIN membership m ON m.id = s.membership_id
JOIN account a ON a.id = m.account_id
WHERE s.authoriser_id = :account AND m.active AND a.id <> :account
AND a.state <> 'ended'
AND COALESCE(m.organisation_id = :organisation, TRUE)
UNION ALL
SELECT n.id, c.code, c.name, n.organisation_id, 'order', b.from_cents
FROM budget_step b
JOIN membership n ON n.id = b.membership_id
JOIN account c ON c.id = n.account_id
WHERE b.authoriser_id = :account AND n.active AND c.id <> :account
AND c.state <> 'ended'
AND COALESCE(n.organisation_id = :organisation, TRUE)
UNION ALL
SELECT w.id, d.code, d.name, r.organisation_id, 'waiting', NULL
FROM request r
JOIN membership w ON w.account_id = r.requester_id
  AND w.organisation_id = r.organisation_id AND w.portal = r.portal
JOIN account d ON d.id = r.requester_id
WHERE r.approver_id = :account AND r.state = 'awaiting_approval'
AND COALESCE(r.organisation_id = :organisation, TRUE)
ORDER BY name, membership, what, from_cents

-- :account_succeed_services exec
-- scope: s, because it hangs on a membership in scope
UPDATE service_authoriser s
JOIN membership m ON m.id = s.membership_id
SET s.authoriser_id = :successor, m.version = m.version + 1
WHERE s.authoriser_id = :account AND m.organisation_id = :organisation
AND {scope:membership m}

-- :account_succeed_budgets exec
-- scope: b, because it hangs on a membership in scope
UPDATE budget_step b
JOIN membership m ON m.id = b.membership_id
SET b.authoriser_id = :successor, m.version = m.version + 1
WHERE b.authoriser_id = :account AND m.organisation_id = :organisation
AND {scope:membership m}

-- What waits for a verdict goes along: who asked it must not be the one.
-- :account_succeed_requests exec
-- scope: r n, because its organisation is one whose accounts the caller manages
UPDATE request r
JOIN request_line n ON n.request_id = r.id
SET n.approver_id = :successor, r.approver_id = :successor, r.version = r.version + 1,
  r.changed_at = UTC_TIMESTAMP()
WHERE r.approver_id = :account AND r.state = 'awaiting_approval'
AND r.organisation_id = :organisation AND r.requester_id <> :successor

-- :account_succeed_approvals exec
-- scope: v r, because their organisation is one whose accounts are managed
UPDATE approval v
JOIN request r ON r.id = v.subject_id
SET v.approver_id = :successor
WHERE v.approver_id = :account AND v.verdict IS NULL
AND v.organisation_id = :organisation AND v.subject_kind = 'request'
AND r.requester_id <> :successor

-- Whom to tell that somebody they manage is not there to authorise.
-- :account_administrators many
-- scope: none, because they are told of their own organisation's account
SELECT DISTINCT b.email, b.name, b.lang
FROM membership m
JOIN membership x
  ON x.organisation_id = m.organisation_id AND x.portal = m.portal
JOIN account b ON b.id = x.account_id
WHERE m.account_id = :account AND m.portal = 'institution' AND m.active
AND x.active AND b.state = 'active' AND b.id <> :account
AND x.role = :keeper

-- What an account proves itself with, and where it is signed in.

-- :account_end_sessions exec
-- scope: none, because the caller holds the account
DELETE FROM session WHERE account_id = :account

-- :account_end_links exec
-- scope: none, because the caller holds the account
UPDATE account_link SET used_at = UTC_TIMESTAMP()
WHERE account_id = :account AND used_at IS NULL

-- :account_end_factors exec
-- scope: none, because the caller holds the account
DELETE FROM factor WHERE account_id = :account

-- :account_end_codes exec
-- scope: none, because the caller holds the account
DELETE FROM recovery_code WHERE account_id = :account

-- :account_end_devices exec
-- scope: none, because the caller holds the account
DELETE FROM known_device WHERE account_id = :account

-- :account_end_drafts exec
-- scope: none, because the caller holds the account
DELETE FROM draft WHERE account_id = :account

-- :account_end_stand_ins exec
-- scope: none, because the caller holds the account
DELETE FROM stand_in WHERE account_id = :account OR stand_in_id = :account

-- :account_end_exports exec
-- scope: none, because the caller holds the account
DELETE FROM export WHERE account_id = :account

-- :account_end_help exec
-- scope: none, because the caller holds the account of that address
DELETE FROM login_help WHERE email = :email

-- :account_end_services exec
-- scope: none, because the caller holds the account
DELETE s FROM service_authoriser s
JOIN membership m ON m.id = s.membership_id
WHERE m.account_id = :account

-- :account_end_budgets exec
-- scope: none, because the caller holds the account
DELETE b FROM budget_step b
JOIN membership m ON m.id = b.membership_id
WHERE m.account_id = :account

-- :account_end_places exec
-- scope: none, because the caller holds the account
DELETE p FROM membership_place p
JOIN membership m ON m.id = p.membership_id
WHERE m.account_id = :account

-- :account_end_members exec
-- scope: none, because the caller holds the account
UPDATE membership
SET active = FALSE, reason = NULL, may_authorise_orders = FALSE,
  all_places = FALSE, version = version + 1
WHERE account_id = :account

-- :account_strip exec
-- scope: none, because the caller holds the account
UPDATE account
SET email = NULL, wanted_email = NULL, name = :name, phone = NULL,
  state = 'ended', password_hash = NULL, password_set_at = NULL,
  version = version + 1
WHERE id = :account

-- A waiting account's membership to the account that it waited for.

-- :account_link_members exec
-- scope: none, because the caller holds both accounts
UPDATE membership
SET account_id = :to, reason = :reason, version = version + 1
WHERE account_id = :account

-- :account_link_services exec
-- scope: none, because the caller holds both accounts
UPDATE service_authoriser SET authoriser_id = :to
WHERE authoriser_id = :account

-- :account_link_budgets exec
-- scope: none, because the caller holds both accounts
UPDATE budget_step SET authoriser_id = :to WHERE authoriser_id = :account

-- :account_of_email one
-- scope: none, because the waiting account in scope was made for it
SELECT a.id FROM account a WHERE a.email = :email
