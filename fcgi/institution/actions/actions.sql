-- The tabs of 'Mijn acties': nothing counts what ended; a day is answered by
-- who asked.
-- :action_counts one
SELECT NULL AS `all`, COUNT(*) AS open,
  COUNT(CASE WHEN r.state = 'proposed'
    AND r.requester_id = :scope_account THEN 1 END) AS answer,
  COUNT(CASE WHEN r.state IN ('awaiting_approval', 'awaiting_signature',
    'signature_refused') THEN 1 END) AS approval
FROM request r
WHERE r.state IN ('awaiting_approval', 'awaiting_signature',
    'signature_refused', 'submitted', 'accepted', 'proposed', 'planned',
    'in_progress', 'on_hold', 'own_planned')
  AND {scope:request r}
