-- Exports too long to wait for: asked for, drawn in the background, kept as
-- a file for a week.
CREATE TABLE export (
  id INT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
  code CHAR(22) CHARACTER SET ascii COLLATE ascii_bin NOT NULL UNIQUE
    COMMENT 'in its address',
  account_id INT UNSIGNED NOT NULL,
  membership_id INT UNSIGNED NOT NULL,
  lang CHAR(2) CHARACTER SET ascii NOT NULL,
  path VARCHAR(1024) CHARACTER SET ascii NOT NULL,
  query VARCHAR(4096) NOT NULL,
  format ENUM('pdf','xlsx') NOT NULL,
  name VARCHAR(200) NOT NULL COMMENT 'of the file',
  title VARCHAR(200) NOT NULL,
  about VARCHAR(500) NOT NULL DEFAULT '' COMMENT 'what is filtered on',
  address VARCHAR(45) CHARACTER SET ascii NOT NULL,
  asked_at DATETIME NOT NULL DEFAULT UTC_TIMESTAMP(),
  asked_key BINARY(32) NULL UNIQUE
    COMMENT 'asked for again meanwhile, it is the same one',
  state ENUM('queued','drawing','ready','failed') NOT NULL DEFAULT 'queued',
  reason ENUM('error','rights') NULL COMMENT 'why it failed',
  drawing_account INT UNSIGNED NULL UNIQUE COMMENT 'one at a time',
  attempts TINYINT UNSIGNED NOT NULL DEFAULT 0,
  due_at DATETIME NOT NULL DEFAULT UTC_TIMESTAMP(),
  total INT UNSIGNED NULL COMMENT 'rows',
  done INT UNSIGNED NOT NULL DEFAULT 0,
  cut BOOL NOT NULL DEFAULT FALSE COMMENT 'more rows than the format takes',
  rights BINARY(32) NULL COMMENT 'of the membership, when it was drawn',
  ready_at DATETIME NULL,
  fetched_at DATETIME NULL,
  expires_at DATETIME NOT NULL,
  size INT UNSIGNED NULL,
  sha256 BINARY(32) NULL,
  KEY (state, due_at),
  KEY (membership_id, asked_at),
  KEY (account_id, state),
  KEY (expires_at),
  FOREIGN KEY (account_id) REFERENCES account (id),
  FOREIGN KEY (membership_id) REFERENCES membership (id)
);

-- Its file, in pieces that a worker can hold.
CREATE TABLE export_part (
  export_id INT UNSIGNED NOT NULL,
  position SMALLINT UNSIGNED NOT NULL,
  bytes MEDIUMBLOB NOT NULL,
  PRIMARY KEY (export_id, position),
  FOREIGN KEY (export_id) REFERENCES export (id) ON DELETE CASCADE
);
