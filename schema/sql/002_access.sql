-- Who is signed in, what was tried, and what was seen.

CREATE TABLE session (
  id BINARY(32) NOT NULL PRIMARY KEY COMMENT 'SHA-256 of the cookie',
  account_id INT UNSIGNED NOT NULL,
  membership_id INT UNSIGNED NULL,
  step ENUM('password','complete') NOT NULL,
  attempts TINYINT UNSIGNED NOT NULL DEFAULT 0,
  next_path VARCHAR(500) NULL,
  notice VARCHAR(1000) NULL
    COMMENT 'message for the next page: kind, id, arguments',
  address VARCHAR(45) CHARACTER SET ascii NOT NULL,
  agent VARCHAR(200) NOT NULL,
  created_at DATETIME NOT NULL DEFAULT UTC_TIMESTAMP(),
  seen_at DATETIME NOT NULL DEFAULT UTC_TIMESTAMP(),
  verified_at DATETIME NULL,
  KEY (account_id),
  KEY (seen_at),
  FOREIGN KEY (account_id) REFERENCES account (id),
  FOREIGN KEY (membership_id) REFERENCES membership (id)
);

CREATE TABLE login_attempt (
  id BIGINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
  account_hash BINARY(32) NOT NULL COMMENT 'of the address typed',
  address VARCHAR(45) CHARACTER SET ascii NOT NULL,
  step ENUM('password','code') NOT NULL,
  failed BOOL NOT NULL,
  at DATETIME NOT NULL DEFAULT UTC_TIMESTAMP(),
  KEY (account_hash, at),
  KEY (address, at),
  KEY (at)
);

-- A link in a mail: activation, reset. Only the hash is kept.
CREATE TABLE account_link (
  id BINARY(32) NOT NULL PRIMARY KEY COMMENT 'SHA-256 of the token',
  account_id INT UNSIGNED NOT NULL,
  kind ENUM('activate','reset') NOT NULL,
  expires_at DATETIME NOT NULL,
  used_at DATETIME NULL,
  KEY (account_id),
  FOREIGN KEY (account_id) REFERENCES account (id)
);

-- One row per form sent: the same key with the same content gets the same
-- answer, with another content a conflict.
CREATE TABLE form_key (
  account_id INT UNSIGNED NOT NULL,
  form_key BINARY(16) NOT NULL,
  content BINARY(32) NOT NULL COMMENT 'SHA-256 of route and fields',
  result VARCHAR(500) NOT NULL DEFAULT '' COMMENT 'where it redirected to',
  at DATETIME NOT NULL DEFAULT UTC_TIMESTAMP(),
  PRIMARY KEY (account_id, form_key),
  KEY (at),
  FOREIGN KEY (account_id) REFERENCES account (id)
);

-- Who saw or changed which client's data (NEN 7513). Only ever added to;
-- seal and chain are filled in batches by a job.
CREATE TABLE audit (
  seq BIGINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
  at DATETIME(3) NOT NULL DEFAULT UTC_TIMESTAMP(3),
  request_id CHAR(16) CHARACTER SET ascii NOT NULL,
  actor_id INT UNSIGNED NULL,
  membership_id INT UNSIGNED NULL,
  organisation_id INT UNSIGNED NULL,
  client_id INT UNSIGNED NULL,
  account_id INT UNSIGNED NULL COMMENT 'whose account it concerns',
  subject VARCHAR(320) NOT NULL,
  action ENUM('view','create','change','delete','export','send','login',
    'logout','refuse') NOT NULL,
  access_right VARCHAR(40) CHARACTER SET ascii NOT NULL,
  outcome ENUM('ok','refused') NOT NULL,
  address VARCHAR(45) CHARACTER SET ascii NOT NULL,
  KEY (client_id, at),
  KEY (actor_id, at),
  KEY (at)
);

-- Sent at least once, always under the same Message-ID.
CREATE TABLE outbox (
  id BIGINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
  message_id VARCHAR(80) CHARACTER SET ascii NOT NULL UNIQUE,
  kind VARCHAR(40) CHARACTER SET ascii NOT NULL,
  channel ENUM('mail','sms') NOT NULL DEFAULT 'mail',
  organisation_id INT UNSIGNED NULL,
  recipient VARCHAR(254) NOT NULL,
  recipient_name VARCHAR(100) NOT NULL DEFAULT '',
  lang CHAR(2) CHARACTER SET ascii NOT NULL,
  subject VARCHAR(200) NOT NULL,
  body_text MEDIUMTEXT NOT NULL,
  body_html MEDIUMTEXT NULL,
  document_id INT UNSIGNED NULL COMMENT 'sent along as PDF',
  priority TINYINT UNSIGNED NOT NULL DEFAULT 5,
  state ENUM('queued','sent','failed') NOT NULL DEFAULT 'queued',
  attempts SMALLINT UNSIGNED NOT NULL DEFAULT 0,
  due_at DATETIME NOT NULL DEFAULT UTC_TIMESTAMP(),
  created_at DATETIME NOT NULL DEFAULT UTC_TIMESTAMP(),
  sent_at DATETIME NULL,
  error VARCHAR(200) NULL,
  KEY (state, priority, due_at),
  FOREIGN KEY (organisation_id) REFERENCES organisation (id),
  FOREIGN KEY (document_id) REFERENCES document (id)
);
