-- 'Mijn actuele overzicht': little of each kind, by the index that has the
-- newest of it first.

-- What the account itself has to answer: a request to approve, a day that
-- was proposed. The oldest wish first, of the hundred that wait longest.
-- :dashboard_waiting many
-- scope: n a p l c, because a request in scope names them
SELECT 'waiting' AS part, q.number, q.kind, q.state, q.wished_on,
  q.planned_on, q.planned_part, q.done_on, NULL AS cost_cents,
  p.name AS place, l.name AS location, c.name AS requester,
  (SELECT COUNT(*) FROM request_line n WHERE n.request_id = q.id) AS aids,
  (SELECT CONCAT(d.make, ' ', d.type) FROM request_line n
    JOIN aid a ON a.id = n.aid_id
    JOIN product d ON d.id = a.product_id
    WHERE n.request_id = q.id ORDER BY n.position LIMIT 1) AS type
FROM (
  (SELECT s.subject_id AS id FROM approval s
  WHERE s.subject_kind = 'request' AND s.approver_id = :scope_account
  AND s.verdict IS NULL AND {scope:approval s}
  ORDER BY s.id LIMIT 100)
  UNION
  (SELECT w.id FROM request w
  WHERE w.state = 'proposed' AND w.requester_id = :scope_account
  AND {scope:request w}
  ORDER BY w.id LIMIT 100)
) x
STRAIGHT_JOIN request q ON q.id = x.id
JOIN place p ON p.id = q.place_id
JOIN place l ON l.id = q.location_id
JOIN account c ON c.id = q.requester_id
WHERE {scope:request q}
ORDER BY q.wished_on, q.number
LIMIT 5

-- The newest three of each kind.
-- :dashboard_newest many
-- scope: n a p l, because a request in scope names them
SELECT x.part, q.number, q.kind, q.state, q.wished_on, q.planned_on,
  q.planned_part, q.done_on, q.cost_cents, p.name AS place, l.name AS location,
  NULL AS requester,
  (SELECT COUNT(*) FROM request_line n WHERE n.request_id = q.id) AS aids,
  (SELECT CONCAT(d.make, ' ', d.type) FROM request_line n
    JOIN aid a ON a.id = n.aid_id
    JOIN product d ON d.id = a.product_id
    WHERE n.request_id = q.id ORDER BY n.position LIMIT 1) AS type
FROM (
  (SELECT 'repairs' AS part, q1.id, q1.created_at FROM request q1
  WHERE q1.kind = 'repair' AND {scope:request q1}
  ORDER BY q1.created_at DESC, q1.id DESC LIMIT 3)
  UNION ALL
  (SELECT 'from-depot' AS part, q2.id, q2.created_at FROM request q2
  WHERE q2.kind = 'from_depot' AND {scope:request q2}
  ORDER BY q2.created_at DESC, q2.id DESC LIMIT 3)
  UNION ALL
  (SELECT 'to-depot' AS part, q3.id, q3.created_at FROM request q3
  WHERE q3.kind = 'to_depot' AND {scope:request q3}
  ORDER BY q3.created_at DESC, q3.id DESC LIMIT 3)
  UNION ALL
  (SELECT 'moves' AS part, q4.id, q4.created_at FROM request q4
  WHERE q4.kind = 'move' AND {scope:request q4}
  ORDER BY q4.created_at DESC, q4.id DESC LIMIT 3)
  UNION ALL
  (SELECT 'pick-ups' AS part, q5.id, q5.created_at FROM request q5
  WHERE q5.kind = 'pick_up' AND {scope:request q5}
  ORDER BY q5.created_at DESC, q5.id DESC LIMIT 3)
) x
JOIN request q ON q.id = x.id
JOIN place p ON p.id = COALESCE(q.to_place_id, q.place_id)
LEFT JOIN place l ON l.id = p.location_id
WHERE {scope:request q}
ORDER BY x.part, x.created_at DESC, x.id DESC
