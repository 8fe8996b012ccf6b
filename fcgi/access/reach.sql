-- What lists in scope.sql stand for.

-- The places ticked for whoever asks.
-- :scope_places many
-- scope: none, because this is what the scope is made from
SELECT t.place_id AS id, p.location_id, t.whole_subtree AS whole
FROM membership_place t
JOIN place p ON p.id = t.place_id
WHERE t.membership_id = :scope_membership
ORDER BY t.place_id

-- The organisations that a professional works for, and may see all of.
-- :scope_organisations many
-- scope: none, because this is what the scope is made from
SELECT o.id, NULL AS location_id, MAX(m.visibility = 'organisation') AS whole
FROM membership m
JOIN organisation o ON o.id = m.organisation_id
WHERE m.account_id = :scope_account AND m.portal = 'professional'
AND m.active AND o.active
GROUP BY o.id
ORDER BY o.id
