-- A code by SMS is of no use when it comes late.
ALTER TABLE outbox
  ADD COLUMN expires_at DATETIME NULL
    COMMENT 'not sent after that; NULL: two days' AFTER due_at;
