-- The tabs of 'Mijn acties': nothing counts what ended; a day is answered by
-- who asked.
-- :action_counts one
SELECT NULL AS `all`, COUNT(*) AS open, (
    SELECT COUNT(*) FROM request q
    JOIN request_line m ON m.request_id = q.id
    WHERE q.requester_id = :scope_account AND q.state = 'proposed'
    AND m.state = 'proposed' AND {scope:request q} AND {scope:action m}
  ) AS answer,
  COUNT(CASE WHEN n.state IN ('awaiting_approval', 'awaiting_signature',
    'signature_refused') THEN 1 END) AS approval
FROM request_line n
WHERE n.state IN ('awaiting_approval', 'awaiting_signature',
    'signature_refused', 'submitted', 'accepted', 'proposed', 'planned',
    'in_progress', 'on_hold', 'own_planned')
  AND {scope:action n}
