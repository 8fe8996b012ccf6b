-- 'Planning' at five million lines: a line has the day that it is due on too,
-- as its request does, and so the index that is in the order of the days. What
-- a list asks for beside its order stands behind it in the index.

ALTER TABLE request_line ADD wished_on DATE NULL AFTER state;

UPDATE request_line n
JOIN request q ON q.id = n.request_id
SET n.wished_on = q.wished_on;

ALTER TABLE request_line
  MODIFY wished_on DATE NOT NULL,
  ADD due_on DATE AS (IF(state IN ('done', 'rejected', 'withdrawn',
    'cancelled'), DATE'9999-12-31', COALESCE(planned_on, wished_on))) STORED
    COMMENT 'what ended comes last' AFTER done_on,
  ADD KEY by_due (organisation_id, due_on);

ALTER TABLE request
  DROP KEY of_day,
  ADD KEY of_day (organisation_id, due_on, planned_part, kind, location_id,
    place_id),
  DROP KEY day,
  ADD KEY day (day_on, branch_id, planned_on, mechanic_id, mechanic,
    planned_part),
  DROP KEY mechanic_day,
  ADD KEY mechanic_day (branch_id, mechanic_id, day_on, state);

ALTER TABLE aid
  ADD KEY in_order_due (holder_id, inspection_due),
  ADD KEY by_result (holder_id, inspection_result);
