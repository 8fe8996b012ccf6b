-- The back office's own questions about accounts (S1, S3).

-- Those that have something to be seen: an umbrella has nothing of its own.
-- :office_organisations many
SELECT o.id AS value, o.name AS label
FROM organisation o
WHERE o.active AND o.kind = 'institution' AND {scope:organisation o}
ORDER BY o.name

-- Whose membership it is: a customer's.
-- :office_membership one
-- scope: a, because a membership in scope is the account's
SELECT a.code
FROM membership m
JOIN account a ON a.id = m.account_id
WHERE m.id = :id AND m.portal <> 'supplier' AND {scope:membership m}

-- Each location before what lies in it, with what is ticked.
-- :office_places many
-- scope: l t, because a place in scope lies there and a membership in scope has it
SELECT p.id, p.name, p.street, p.postcode, p.city,
  COALESCE(p.location_id, p.id) AS top,
  t.place_id IS NOT NULL AS ticked,
  COALESCE(t.whole_subtree, FALSE) AS whole
FROM membership m
JOIN place p ON p.organisation_id = m.organisation_id
LEFT JOIN place l ON l.id = p.location_id
LEFT JOIN membership_place t
  ON t.place_id = p.id AND t.membership_id = m.id
WHERE m.id = :member AND p.active AND {scope:membership m} AND {scope:place p}
ORDER BY COALESCE(l.name, p.name), top, p.id <> top, p.name

-- What an account sees: run in its own scope.

-- :explain_organisations many
SELECT o.id, o.name,
  (SELECT COUNT(*) FROM aid a
    WHERE a.holder_id = o.id AND a.status <> 'scrapped' AND {scope:aid a})
    AS aids,
  (SELECT COUNT(*) FROM request q
    WHERE q.organisation_id = o.id AND {scope:request q}) AS requests
FROM organisation o
WHERE o.active AND {scope:organisation o}
ORDER BY o.name

-- :explain_places many
-- scope: l, because it names where a place in scope lies
SELECT p.id, p.name, p.street, p.postcode, p.city,
  COALESCE(p.location_id, p.id) AS top,
  SUM(COALESCE(n.aids, 0)) AS aids
FROM place p
LEFT JOIN place l ON l.id = p.location_id
LEFT JOIN (
  SELECT a.location_id, a.home_place_id, COUNT(*) AS aids
  FROM aid a
  WHERE a.holder_id = :organisation AND a.status <> 'scrapped'
  AND {scope:aid a}
  GROUP BY a.location_id, a.home_place_id) n
  ON IF(p.kind = 'location', n.location_id, n.home_place_id) = p.id
WHERE p.organisation_id = :organisation AND p.active AND {scope:my_place p}
GROUP BY p.id
ORDER BY COALESCE(l.name, p.name), top, p.id <> top, p.name

-- :office_branch one
SELECT b.name FROM branch b WHERE b.id = :id

-- Of which organisations that member of the staff is the advisor.
-- :office_advised one
SELECT COUNT(*) AS organisations
FROM organisation o
WHERE o.advisor_id = :account AND o.active AND {scope:organisation o}
