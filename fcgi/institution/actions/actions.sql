-- The tabs of 'Mijn acties', up to what a list counts: nothing counts what
-- ended; a day is answered by who asked.
-- :action_counts one
SELECT NULL AS `all`, (
    SELECT COUNT(*) FROM (
      SELECT 1 FROM request_line n
      WHERE n.due_on < '9999-12-31' AND {scope:action n}
      LIMIT 1001) o
  ) AS open, (
    SELECT COUNT(*) FROM (
      SELECT 1 FROM request q
      JOIN request_line m ON m.request_id = q.id
      WHERE q.requester_id = :scope_account AND q.state = 'proposed'
      AND m.state = 'proposed' AND {scope:request q} AND {scope:action m}
      LIMIT 1001) p
  ) AS answer, (
    SELECT COUNT(*) FROM (
      SELECT 1 FROM request_line n
      WHERE n.state IN ('awaiting_approval', 'awaiting_signature',
        'signature_refused') AND {scope:action n}
      LIMIT 1001) a
  ) AS approval
