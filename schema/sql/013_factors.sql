-- The second step: SMS beside the app, recovery codes, enrolling, and what
-- was typed when a session ended.

ALTER TABLE session
  MODIFY COLUMN step ENUM('password','enrol','complete') NOT NULL,
  ADD COLUMN kept_kind ENUM('app','sms','recovery') NULL
    COMMENT 'what is kept until the next step' AFTER notice,
  ADD COLUMN kept_key_id VARCHAR(16) CHARACTER SET ascii NULL AFTER kept_kind,
  ADD COLUMN kept VARBINARY(512) NULL
    COMMENT 'AES-256-GCM: nonce, text, tag' AFTER kept_key_id;

-- One code at a time for each log-in.
CREATE TABLE sms_code (
  session_id BINARY(32) NOT NULL PRIMARY KEY,
  code BINARY(32) NOT NULL COMMENT 'HMAC of session and code',
  tries TINYINT UNSIGNED NOT NULL DEFAULT 0,
  expires_at DATETIME NOT NULL,
  FOREIGN KEY (session_id) REFERENCES session (id)
    ON DELETE CASCADE ON UPDATE CASCADE
);

ALTER TABLE organisation
  ADD COLUMN sms_allowed BOOL NOT NULL DEFAULT TRUE
    COMMENT 'as second step' AFTER second_factor,
  ADD COLUMN password_min TINYINT UNSIGNED NOT NULL DEFAULT 12
    COMMENT 'characters of a new password' AFTER sms_allowed;

-- What was typed in a form when its session had ended, for the same account
-- after its next log-in.
CREATE TABLE draft (
  id BINARY(16) NOT NULL PRIMARY KEY,
  account_id INT UNSIGNED NOT NULL,
  path VARCHAR(1024) NOT NULL,
  key_id VARCHAR(16) CHARACTER SET ascii NOT NULL,
  body MEDIUMBLOB NOT NULL COMMENT 'AES-256-GCM: nonce, text, tag',
  at DATETIME NOT NULL DEFAULT UTC_TIMESTAMP(),
  KEY (at),
  KEY (account_id, at),
  FOREIGN KEY (account_id) REFERENCES account (id)
);
