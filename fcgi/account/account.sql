-- What the session does not tell of one's own account.
-- :account_own one
SELECT DATE_FORMAT(a.last_login_at, '%Y-%m-%dT%H:%i:%sZ') AS last_login,
  (SELECT name FROM branch WHERE id = :branch) AS branch
FROM account a
WHERE a.id = :scope_account AND {scope:account a}

-- The places assigned, each location (top) before what lies in it.
-- :account_places many
-- scope: l, because it names where a place in scope lies
-- scope: mp, because it is of the membership signed in with
SELECT p.name, p.street, p.city,
  COALESCE(p.location_id, p.id) AS top,
  COALESCE(:scope_all_places OR mp.whole_subtree, FALSE) AS whole
FROM place p
LEFT JOIN place l ON l.id = p.location_id
LEFT JOIN membership_place mp
  ON mp.place_id = p.id AND mp.membership_id = :scope_membership
WHERE {scope:my_place p} AND p.active
ORDER BY COALESCE(l.name, p.name), top, p.id <> top, p.name

-- The organisations a professional works for.
-- :account_organisations many
SELECT o.name
FROM organisation o
WHERE {scope:organisation o} AND o.active
ORDER BY o.name

-- How long a new password must be at least, by its organisations.
-- :password_least one
-- scope: none, because the account proved itself, by its password or a link
SELECT COALESCE(MAX(o.password_min), 12) AS least
FROM membership m
JOIN organisation o ON o.id = m.organisation_id
WHERE m.account_id = :account AND m.active AND o.active

-- Whom the account may ask (C5): advisor and branch, each once, of which
-- of its organisations.
-- :account_advisors many
-- scope: a, because the advisor of an organisation in scope is told
SELECT GROUP_CONCAT(o.name ORDER BY o.name SEPARATOR ', ') AS organisation,
  a.name, a.phone, a.email,
  b.name AS branch, b.phone AS branch_phone, b.email AS branch_email
FROM organisation o
JOIN branch b ON b.id = o.branch_id
LEFT JOIN account a ON a.id = o.advisor_id AND a.state = 'active'
WHERE {scope:organisation o} AND o.active
GROUP BY a.id, b.id
ORDER BY MIN(o.name)

-- :account_profile one
SELECT a.name, a.phone, a.lang, a.version FROM account a
WHERE a.id = :scope_account AND {scope:account a}

-- :account_profile_set exec
-- scope: none, because it is the account's own
UPDATE account SET name = :name, phone = :phone, lang = :lang,
  version = version + 1
WHERE id = :scope_account AND version = :version

-- :account_lang_set exec
-- scope: none, because it is the account's own
UPDATE account SET lang = :lang, version = version + 1
WHERE id = :scope_account AND version = :version

-- :activate_account one
-- scope: none, because a link is found by its secret
SELECT EXISTS (SELECT 1 FROM membership m
  WHERE m.account_id = a.id AND m.active AND m.portal = 'professional')
  AS professional
FROM account a
WHERE a.id = :account

-- :activate_phone exec
-- scope: none, because the account proved itself by a link
UPDATE account SET phone = :phone WHERE id = :account AND state = 'invited'
