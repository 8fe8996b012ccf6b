-- Planning by day (I16, S5): the mechanics of each branch, and the day on
-- which a request stands in the branch's calendar.

CREATE TABLE mechanic (
  id INT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
  branch_id INT UNSIGNED NOT NULL,
  name VARCHAR(60) NOT NULL,
  phone VARCHAR(20) NULL,
  ended_on DATE NULL COMMENT 'works here no more',
  version INT UNSIGNED NOT NULL DEFAULT 1,
  UNIQUE (branch_id, name),
  FOREIGN KEY (branch_id) REFERENCES branch (id)
);

-- Who goes or went lately; of long ago the request itself has the name.
INSERT INTO mechanic (branch_id, name)
SELECT q.branch_id, MIN(TRIM(q.mechanic))
FROM request q
WHERE TRIM(q.mechanic) <> ''
AND (q.state NOT IN ('done', 'rejected', 'withdrawn', 'cancelled')
  OR q.done_on >= CURRENT_DATE - INTERVAL 1 YEAR)
GROUP BY q.branch_id, TRIM(q.mechanic);

ALTER TABLE request
  MODIFY mechanic VARCHAR(60) NULL
    COMMENT 'the name, as it was when the work was done',
  ADD mechanic_id INT UNSIGNED NULL AFTER mechanic,
  ADD day_on DATE AS (CASE
    WHEN state IN ('submitted', 'accepted', 'proposed', 'planned',
      'in_progress', 'on_hold') THEN COALESCE(planned_on, wished_on)
    WHEN state = 'done' AND performer = 'supplier' THEN done_on END) STORED
    COMMENT 'in the branch''s calendar',
  ADD KEY of_day (organisation_id, due_on),
  ADD KEY branch_day (branch_id, day_on),
  ADD KEY mechanic_day (branch_id, mechanic_id, day_on),
  ADD KEY day (day_on),
  ADD FOREIGN KEY (mechanic_id) REFERENCES mechanic (id);

UPDATE request q
JOIN mechanic m ON m.branch_id = q.branch_id AND m.name = TRIM(q.mechanic)
SET q.mechanic_id = m.id;
