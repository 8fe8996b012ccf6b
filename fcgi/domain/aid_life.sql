-- The life of an aid, as the account may know it.

-- :aid_cost one
SELECT
  (SELECT IFNULL(SUM(e.cost_cents), 0) FROM aid_event e
    WHERE e.aid_id = :aid AND {scope:aid_event e}) AS work_cents,
  (SELECT IFNULL(SUM(n.day_cents * (1 + DATEDIFF(
      IFNULL(n.ended_on, :today), n.started_on))), 0) FROM rental n
    WHERE n.aid_id = :aid AND n.started_on IS NOT NULL
      AND {scope:rental n}) AS rent_cents

-- :aid_life_branch one
SELECT b.name, b.phone, b.email, b.street, b.postcode, b.city
FROM branch b
WHERE b.id = :branch

-- :aid_life_count one
SELECT COUNT(*) AS events
FROM aid_event e
WHERE e.aid_id = :aid AND {scope:aid_event e}

-- :aid_life_events many
-- scope: c o f t i, because an event in scope names them
SELECT e.kind, e.summary, e.asked_on, e.done_on, e.cost_cents,
  q.number, c.name AS actor, o.name AS organisation, f.name AS from_place,
  t.name AS to_place, i.result
FROM aid_event e
LEFT JOIN request q ON q.id = e.request_id AND {scope:request q}
LEFT JOIN account c ON c.id = e.actor_id
LEFT JOIN organisation o ON o.id = e.organisation_id
LEFT JOIN place f ON f.id = e.from_place_id
LEFT JOIN place t ON t.id = e.to_place_id
LEFT JOIN inspection i ON i.aid_event_id = e.id
WHERE e.aid_id = :aid AND {scope:aid_event e}
ORDER BY e.asked_on, e.id

-- :aid_life_inspections many
SELECT i.number, i.inspected_on, i.result, i.next_on, i.inspector
FROM inspection i
WHERE i.aid_id = :aid AND {scope:inspection i}
ORDER BY i.inspected_on, i.id

-- :aid_life_rentals many
-- scope: o, because a rental in scope names who rents
SELECT o.name AS organisation, n.started_on, n.ended_on, n.day_cents,
  1 + DATEDIFF(IFNULL(n.ended_on, :today), n.started_on) AS days
FROM rental n
JOIN organisation o ON o.id = n.organisation_id
WHERE n.aid_id = :aid AND n.started_on IS NOT NULL AND {scope:rental n}
ORDER BY n.started_on, n.id
