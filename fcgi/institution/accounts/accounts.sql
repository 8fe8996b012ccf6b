-- What hangs on a membership of the organisation, and its places.

-- :accounts_services many
-- scope: s a, because they hang on a membership in scope
SELECT s.kind, s.authoriser_id, a.code, a.name
FROM service_authoriser s
JOIN membership m ON m.id = s.membership_id
JOIN account a ON a.id = s.authoriser_id
WHERE m.id = :member AND {scope:membership m}

-- :accounts_budget many
-- scope: b a, because they hang on a membership in scope
SELECT b.from_cents, b.authoriser_id, a.code, a.name
FROM budget_step b
JOIN membership m ON m.id = b.membership_id
JOIN account a ON a.id = b.authoriser_id
WHERE m.id = :member AND {scope:membership m}
ORDER BY b.from_cents

-- Every place of the organisation, each location (top) before what lies in
-- it, with what is ticked for the membership.
-- :accounts_places many
-- scope: l mp, because it names where a place in scope lies, and whose it is
SELECT p.id, p.name, p.street, p.postcode, p.city,
  CONCAT(l.name, '/', p.name) AS path,
  COALESCE(p.location_id, p.id) AS top,
  mp.place_id IS NOT NULL AS ticked,
  COALESCE(mp.whole_subtree, FALSE) AS whole
FROM place p
LEFT JOIN place l ON l.id = p.location_id
LEFT JOIN membership_place mp
  ON mp.place_id = p.id AND mp.membership_id = :member
WHERE {scope:place p} AND p.organisation_id = :scope_organisation AND p.active
ORDER BY COALESCE(l.name, p.name), top, p.id <> top, p.name

-- Every address of the organisation's accounts.
-- :accounts_emails many
-- scope: a, because a membership in scope is the account's
SELECT COALESCE(a.email, a.wanted_email, '') AS email
FROM membership m
JOIN account a ON a.id = m.account_id
WHERE {scope:membership m}
