-- The places ticked for whoever asks: what {places} in scope.sql stands for.
-- :scope_places many
-- scope: none, because this is what the scope is made from
SELECT t.place_id, p.location_id, t.whole_subtree
FROM membership_place t
JOIN place p ON p.id = t.place_id
WHERE t.membership_id = :scope_membership
ORDER BY t.place_id
