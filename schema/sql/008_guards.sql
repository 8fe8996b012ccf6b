-- What guards the portal: against guessing, against one account's documents
-- in everybody's way, and against a mail that its sender does not survive.

-- Buckets that wrong log-ins fill and time empties; access/lockout.h.
DROP TABLE login_attempt;
CREATE TABLE login_guard (
  id BINARY(32) NOT NULL PRIMARY KEY COMMENT 'SHA-256 of who and from where',
  level DOUBLE NOT NULL,
  at DATETIME(6) NOT NULL,
  KEY (at)
);

-- Browsers in which an account has logged in.
CREATE TABLE known_device (
  id BINARY(32) NOT NULL COMMENT 'SHA-256 of the cookie',
  account_id INT UNSIGNED NOT NULL,
  seen_at DATETIME NOT NULL DEFAULT UTC_TIMESTAMP(),
  PRIMARY KEY (id, account_id),
  KEY (seen_at),
  FOREIGN KEY (account_id) REFERENCES account (id)
);

-- The drawing of documents that an account has used up, as it was then.
CREATE TABLE document_use (
  account_id INT UNSIGNED NOT NULL PRIMARY KEY,
  milliseconds INT NOT NULL DEFAULT 0,
  at DATETIME(3) NOT NULL DEFAULT UTC_TIMESTAMP(3),
  FOREIGN KEY (account_id) REFERENCES account (id)
);

ALTER TABLE outbox
  ADD COLUMN unanswered TINYINT UNSIGNED NOT NULL DEFAULT 0
    COMMENT 'claimed so often since its last result' AFTER attempts;
