-- An aid in a depot of the supplier's still belongs to a place of its
-- holder: who has that place sees it. home_place_id is where it stands, or
-- stood last, in the holder's own places; location_id is the location of
-- that place, place_id where the aid stands now.

ALTER TABLE aid
  ADD home_place_id INT UNSIGNED NULL
    COMMENT 'the last place of the holder''s own; NULL: nobody''s aid'
    AFTER location_id,
  ADD KEY holder_home (holder_id, location_id, home_place_id),
  DROP KEY holder_id,
  ADD FOREIGN KEY (home_place_id) REFERENCES place (id);

UPDATE aid a
JOIN place p ON p.id = a.place_id
SET a.home_place_id = p.id
WHERE a.holder_id IS NOT NULL AND p.organisation_id = a.holder_id;

-- In a depot of the supplier's: where it last came from, else the holder's
-- first location.
UPDATE aid a
SET a.home_place_id = COALESCE(
  (SELECT e.from_place_id
    FROM aid_event e JOIN place p ON p.id = e.from_place_id
    WHERE e.aid_id = a.id AND p.organisation_id = a.holder_id
    ORDER BY e.asked_on DESC, e.id DESC LIMIT 1),
  (SELECT MIN(p.id) FROM place p
    WHERE p.organisation_id = a.holder_id AND p.kind = 'location'))
WHERE a.holder_id IS NOT NULL AND a.home_place_id IS NULL;

UPDATE aid a
JOIN place p ON p.id = a.home_place_id
SET a.location_id = p.location_id;
