-- Client records of an organisation.

-- Locks the name, so that two forms sent at once make one record.
-- :client_by_name one
SELECT c.id
FROM client c
WHERE c.organisation_id = :organisation AND c.name = :name
AND (c.location_id IS NULL OR c.location_id <=> :location)
AND {scope:client c}
ORDER BY c.location_id IS NULL, c.id
LIMIT 1
FOR UPDATE

-- :client_insert exec
-- scope: none, because the organisation is the one of a request in scope
INSERT INTO client (organisation_id, location_id, name)
VALUES (:organisation, :location, :name)

-- :client_known one
SELECT c.id
FROM client c
WHERE c.id = :id AND c.organisation_id = :organisation AND {scope:client c}
