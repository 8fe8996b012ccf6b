-- When whose account is not used was warned (C9). A warning counts as long as
-- nobody has logged in since.
ALTER TABLE account
  ADD idle_warned_at DATETIME NULL COMMENT 'a month before it is deactivated',
  ADD idle_warned_again_at DATETIME NULL COMMENT 'three weeks before',
  ADD end_warned_at DATETIME NULL COMMENT 'before it is deleted';
