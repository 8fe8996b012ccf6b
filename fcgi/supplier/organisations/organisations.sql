-- Organisations as the back office keeps them (S2).

-- :organisation_get one
-- scope: u v m s a q c, because an organisation in scope names them, or they are counted
SELECT o.id, o.version, o.code, o.kind, o.name, o.parent_id, u.name AS parent,
  u.code AS parent_code, o.branch_id, b.name AS branch, o.advisor_id,
  v.name AS advisor, o.second_factor, o.sms_allowed, o.password_min,
  o.payment_days, o.active,
  COALESCE({scope:organisation u}, FALSE) AS parent_visible,
  (SELECT COUNT(DISTINCT m.account_id) FROM membership m
    JOIN account s ON s.id = m.account_id
    WHERE m.organisation_id = o.id AND m.active
    AND s.state IN ('invited', 'active')) AS accounts,
  (SELECT COUNT(*) FROM aid a
    WHERE a.holder_id = o.id AND a.status <> 'scrapped') AS aids,
  (SELECT COUNT(*) FROM request q
    WHERE q.organisation_id = o.id AND q.state NOT IN
      ('done', 'rejected', 'withdrawn', 'cancelled')) AS requests,
  (SELECT COUNT(*) FROM organisation c
    WHERE c.parent_id = o.id AND c.active) AS children
FROM organisation o
JOIN branch b ON b.id = o.branch_id
LEFT JOIN organisation u ON u.id = o.parent_id
LEFT JOIN account v ON v.id = o.advisor_id
WHERE o.code = :code AND {scope:organisation o}

-- :organisation_children many
SELECT o.code, o.name
FROM organisation o
WHERE o.parent_id = :organisation AND o.active AND {scope:organisation o}
ORDER BY o.name

-- :organisation_umbrellas many
SELECT o.id AS value, o.name AS label
FROM organisation o
WHERE o.kind = 'umbrella' AND o.active AND {scope:organisation o}
ORDER BY o.name

-- Of every branch, or of one's own.
-- :organisation_advisors many
-- scope: m, because it tells what the account in scope is
SELECT a.id AS value, a.name AS label
FROM account a
JOIN membership m ON m.account_id = a.id
WHERE m.portal = 'supplier' AND m.role = 'advisor' AND m.active
AND a.state IN ('invited', 'active')
AND (:scope_branch IS NULL OR m.branch_id IS NULL
  OR m.branch_id = :scope_branch)
AND {scope:account a}
ORDER BY a.name

-- :organisation_insert exec
-- scope: none, because the branch is one of the account's own
INSERT INTO organisation (code, kind, name, parent_id, branch_id, advisor_id,
  second_factor, sms_allowed, password_min, payment_days)
VALUES (:code, :kind, :name, :parent, :branch, :advisor, :second_factor,
  :sms_allowed, :password_min, :payment_days)

-- :organisation_update exec
UPDATE organisation o
SET o.name = :name, o.parent_id = :parent, o.branch_id = :branch,
  o.advisor_id = :advisor, o.second_factor = :second_factor,
  o.sms_allowed = :sms_allowed, o.password_min = :password_min,
  o.payment_days = :payment_days, o.version = o.version + 1
WHERE o.id = :id AND o.version = :version AND {scope:organisation o}

-- Another branch looks after what the organisation has from now on.
-- :organisation_aids_branch exec
-- scope: none, because they are held by an organisation changed in scope
UPDATE aid
SET branch_id = :branch
WHERE holder_id = :organisation AND branch_id <> :branch

-- :organisation_set_active exec
UPDATE organisation o
SET o.active = :active, o.version = o.version + 1
WHERE o.id = :id AND o.version = :version AND {scope:organisation o}

-- Contracts that run or will run end with the organisation.
-- :organisation_end_contracts exec
UPDATE contract c
SET c.valid_until = GREATEST(c.valid_from, CURRENT_DATE),
  c.version = c.version + 1
WHERE c.organisation_id = :organisation
AND (c.valid_until IS NULL OR c.valid_until > CURRENT_DATE)
AND {scope:contract c}

-- Each location before what lies in it. Aids are counted once for all.
-- :organisation_places many
-- scope: l, because it names where a place in scope lies
SELECT p.id, p.kind, p.name, p.street, p.postcode, p.city, p.active,
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
WHERE p.organisation_id = :organisation AND {scope:place p}
GROUP BY p.id
ORDER BY COALESCE(l.active, p.active) DESC, COALESCE(l.name, p.name), top,
  p.id <> top, p.active DESC, p.name

-- :contract_get one
-- scope: o, because a contract in scope is of it
SELECT c.id, c.version, c.organisation_id, c.kind, c.valid_from,
  c.valid_until, o.name AS organisation, o.code
FROM contract c
JOIN organisation o ON o.id = c.organisation_id
WHERE c.id = :id AND {scope:contract c}

-- :contract_others many
SELECT c.valid_from, c.valid_until
FROM contract c
WHERE c.organisation_id = :organisation AND c.kind = :kind AND c.id <> :id
AND {scope:contract c}

-- :contract_insert exec
-- scope: none, because the organisation was locked in scope
INSERT INTO contract (organisation_id, kind, valid_from, valid_until)
VALUES (:organisation, :kind, :valid_from, :valid_until)

-- :contract_update exec
UPDATE contract c
SET c.valid_from = :valid_from, c.valid_until = :valid_until,
  c.version = c.version + 1
WHERE c.id = :id AND c.version = :version AND {scope:contract c}
