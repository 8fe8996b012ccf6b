-- Accounts that nobody uses. :now is the clock of the process.

-- Those that a step may be due for, some at a time.
-- :idle_some many
-- scope: none, because nobody is signed in who asks for it
SELECT a.id
FROM account a
WHERE a.id > :after AND a.state <> 'ended'
AND GREATEST(a.created_at, COALESCE(a.last_login_at, a.created_at),
  COALESCE(a.active_since, a.created_at)) < :now - INTERVAL 4 MONTH
ORDER BY a.id
LIMIT 100

-- What rules/idle.h goes by; warnings before anybody logged in again are none.
-- :idle_facts one
-- scope: none, because nobody is signed in who asks for it
SELECT f.was_active, DATE(f.since) AS since,
  IF(f.idle_warned_at > f.since, DATE(f.idle_warned_at), NULL) AS warned,
  IF(f.idle_warned_again_at > f.since, DATE(f.idle_warned_again_at), NULL)
    AS warned_again,
  IF(f.end_warned_at > f.since, DATE(f.end_warned_at), NULL) AS end_warned
FROM (
  SELECT a.idle_warned_at, a.idle_warned_again_at, a.end_warned_at,
    a.last_login_at IS NOT NULL OR a.active_since IS NOT NULL AS was_active,
    GREATEST(a.created_at, COALESCE(a.last_login_at, a.created_at),
      COALESCE(a.active_since, a.created_at),
      COALESCE(IF(a.state = 'invited', (SELECT MAX(l.expires_at)
          FROM account_link l
          WHERE l.account_id = a.id AND l.kind = 'activate'), NULL),
        a.created_at)) AS since
  FROM account a
  WHERE a.id = :account
) f

-- :idle_warned exec
-- scope: none, because nobody is signed in who asks for it
UPDATE account SET idle_warned_at = :now WHERE id = :account

-- :idle_warned_again exec
-- scope: none, because nobody is signed in who asks for it
UPDATE account SET idle_warned_again_at = :now WHERE id = :account

-- :idle_end_warned exec
-- scope: none, because nobody is signed in who asks for it
UPDATE account SET end_warned_at = :now WHERE id = :account

-- The organisations that it alone administers, and who is to be told; one
-- without a name: the supplier's staff.
-- :idle_alone many
-- scope: none, because those are told who look after the organisation
SELECT o.code, o.name, COALESCE(v.email, b.email) AS email,
  IF(v.email IS NULL, b.name, v.name) AS told, COALESCE(v.lang, 'nl') AS lang
FROM membership m
LEFT JOIN organisation o ON o.id = m.organisation_id
LEFT JOIN branch b ON b.id = o.branch_id
LEFT JOIN account v ON v.id = o.advisor_id AND v.state = 'active'
  AND v.id <> m.account_id
WHERE m.account_id = :account AND m.active AND COALESCE(o.active, TRUE)
AND FIND_IN_SET(CONCAT(m.portal, '.', m.role), :keepers)
AND NOT EXISTS (
  SELECT 1 FROM membership x
  JOIN account y ON y.id = x.account_id
  WHERE x.organisation_id <=> m.organisation_id AND x.portal = m.portal
  AND x.active AND y.state = 'active' AND y.id <> m.account_id
  AND FIND_IN_SET(CONCAT(x.portal, '.', x.role), :keepers))
