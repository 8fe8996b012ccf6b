-- What happened to organisations and places.

-- :history_insert exec
-- scope: none, because its subject was read or made in scope before
INSERT INTO event (subject_kind, subject_id, organisation_id, name,
  from_state, to_state, actor_id, field, old_value, new_value)
VALUES (:kind, :id, :organisation, :name, :state, :state, :actor, :field,
  :old_value, :new_value)

-- :history_organisation many
-- scope: c p, because an event in scope names who did it and where
SELECT CONCAT(e.subject_kind, '-', e.name) AS name, e.subject_kind AS kind,
  p.name AS place, c.name AS actor,
  DATE_FORMAT(e.at, '%Y-%m-%dT%H:%i:%sZ') AS at, e.field, e.old_value,
  e.new_value
FROM event e
LEFT JOIN account c ON c.id = e.actor_id
LEFT JOIN place p ON e.subject_kind = 'place' AND p.id = e.subject_id
WHERE e.organisation_id = :organisation
AND e.subject_kind IN ('organisation', 'place') AND {scope:event e}
ORDER BY e.id DESC
LIMIT :most
