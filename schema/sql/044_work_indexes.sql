-- What the branch's lists count and sort by, where a planner sees every branch
-- and so no index that begins with one helps.

ALTER TABLE request
  ADD KEY work (due_on, state, branch_id),
  ADD KEY work_of_branch (branch_id, due_on, state),
  ADD KEY by_asked (created_at);

ALTER TABLE aid
  ADD KEY of_owner (owner_id, number);
