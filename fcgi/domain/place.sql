-- Places of organisations, and what follows when one changes.

-- :place_get one
-- scope: l o, because a place in scope names where it lies and whose it is
SELECT p.id, p.version, p.organisation_id,
  COALESCE(p.location_id, p.id) AS location_id, p.kind, p.name, p.street,
  p.postcode, p.city, p.active, l.name AS location,
  COALESCE(l.active, p.active) AS location_active, o.name AS organisation,
  o.code
FROM place p
JOIN organisation o ON o.id = p.organisation_id
LEFT JOIN place l ON l.id = p.location_id
WHERE p.id = :id AND {scope:my_place p}

-- Aids whose home it is, or that stand there; requests that go on there.
-- :place_use one
-- scope: a q t, because the place was read in scope and only numbers come out
SELECT
  (SELECT COUNT(*) FROM aid a
    WHERE a.holder_id = :organisation AND a.location_id = :location
    AND (:whole OR a.home_place_id = :place OR a.place_id = :place)
    AND a.status <> 'scrapped') AS aids,
  (SELECT COUNT(*) FROM request q
    LEFT JOIN place t ON t.id = q.to_place_id
    WHERE q.organisation_id = :organisation
    AND q.state NOT IN ('done', 'rejected', 'withdrawn', 'cancelled')
    AND (q.place_id = :place OR q.to_place_id = :place
      OR (:whole AND (q.location_id = :place OR t.location_id = :place))))
    AS requests

-- Changes of an organisation's places and contracts come one after the other.
-- :organisation_lock one
SELECT o.id
FROM organisation o
WHERE o.id = :organisation AND {scope:organisation o}
FOR UPDATE

-- Locations within the organisation, others within their location.
-- :place_named one
-- scope: none, because the organisation was locked in scope and only a number comes out
SELECT COUNT(*) AS others
FROM place p
WHERE p.organisation_id = :organisation AND p.id <> :place AND p.active
AND p.name = :name
AND IF(:location = 0, p.kind = 'location',
  p.kind <> 'location' AND p.location_id = :location)

-- :place_insert exec
-- scope: none, because the organisation was locked in scope
INSERT INTO place (organisation_id, location_id, kind, name, street, postcode,
  city)
VALUES (:organisation, NULLIF(:location, 0), :kind, :name, :street, :postcode,
  :city)

-- A location is its own.
-- :place_own_location exec
UPDATE place p
SET p.location_id = p.id, p.version = p.version + 1
WHERE p.id = :id AND p.location_id IS NULL AND {scope:place p}

-- :place_update exec
UPDATE place p
SET p.name = :name, p.street = :street, p.postcode = :postcode,
  p.city = :city, p.version = p.version + 1
WHERE p.id = :id AND p.version = :version AND {scope:place p}

-- The names that aids and lines of requests carry for their lists.
-- :place_name_aids exec
-- scope: none, because they stand in a place changed in scope
UPDATE aid
SET place_name = :name
WHERE place_id = :place

-- :place_name_location_aids exec
-- scope: none, because they belong to a location changed in scope
UPDATE aid
SET location_name = :name
WHERE location_id = :place

-- :place_name_lines exec
-- scope: none, because they are of a place changed in scope
UPDATE request_line
SET place_name = :name
WHERE place_id = :place

-- :place_name_location_lines exec
-- scope: none, because they are of a location changed in scope
UPDATE request_line
SET location_name = :name
WHERE location_id = :place

-- :place_close exec
UPDATE place p
SET p.active = FALSE, p.version = p.version + 1
WHERE (p.id = :id OR p.location_id = :id) AND p.active AND {scope:place p}

-- :place_reopen exec
UPDATE place p
SET p.active = TRUE, p.version = p.version + 1
WHERE p.id = :id AND NOT p.active AND {scope:place p}
