-- What the session does not tell of one's own account.
-- :account_own one
-- scope: f, because the account in scope has it
SELECT DATE_FORMAT(a.last_login_at, '%Y-%m-%dT%H:%i:%sZ') AS last_login,
  EXISTS (SELECT 1 FROM factor f
    WHERE f.account_id = a.id AND f.confirmed_at IS NOT NULL) AS has_factor,
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
