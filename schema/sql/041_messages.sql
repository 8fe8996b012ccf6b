-- What is said about a request by both sides, with photos and files; and what
-- the branch reports of each of its lines when the work is done.

ALTER TABLE request
  ADD message_at DATETIME NULL COMMENT 'of the last message' AFTER changed_at,
  ADD KEY by_message (organisation_id, message_at),
  ADD KEY of_branch_by_message (branch_id, message_at);

-- Only ever added to. The author keeps the name he wrote under.
CREATE TABLE request_message (
  id INT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
  request_id INT UNSIGNED NOT NULL,
  organisation_id INT UNSIGNED NOT NULL,
  side ENUM('customer','supplier') NOT NULL,
  account_id INT UNSIGNED NOT NULL,
  author VARCHAR(100) NOT NULL,
  text VARCHAR(2000) NOT NULL,
  at DATETIME NOT NULL DEFAULT UTC_TIMESTAMP(),
  KEY (request_id, id),
  FOREIGN KEY (request_id) REFERENCES request (id),
  FOREIGN KEY (organisation_id) REFERENCES organisation (id),
  FOREIGN KEY (account_id) REFERENCES account (id)
);

-- Whom a message was for, until he has seen the request's page.
CREATE TABLE message_unread (
  account_id INT UNSIGNED NOT NULL,
  request_id INT UNSIGNED NOT NULL,
  side ENUM('customer','supplier') NOT NULL COMMENT 'which he is on',
  at DATETIME NOT NULL DEFAULT UTC_TIMESTAMP() COMMENT 'of the last one',
  PRIMARY KEY (account_id, request_id, side),
  KEY (request_id, side),
  KEY (at),
  FOREIGN KEY (account_id) REFERENCES account (id),
  FOREIGN KEY (request_id) REFERENCES request (id)
);

-- Files that are no photos. Without a request: chosen in a form that was not
-- sent yet.
CREATE TABLE attachment (
  id INT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
  code CHAR(22) CHARACTER SET ascii COLLATE ascii_bin NOT NULL UNIQUE,
  organisation_id INT UNSIGNED NOT NULL,
  account_id INT UNSIGNED NOT NULL COMMENT 'who added it',
  request_id INT UNSIGNED NULL,
  message_id INT UNSIGNED NULL,
  position SMALLINT UNSIGNED NULL COMMENT 'from 1, among those of the request',
  added_at DATETIME NOT NULL DEFAULT UTC_TIMESTAMP(),
  name VARCHAR(120) NOT NULL,
  size INT UNSIGNED NOT NULL,
  bytes MEDIUMBLOB NOT NULL COMMENT 'PDF, as it was sent',
  UNIQUE KEY (request_id, position),
  KEY (added_at),
  FOREIGN KEY (organisation_id) REFERENCES organisation (id),
  FOREIGN KEY (account_id) REFERENCES account (id),
  FOREIGN KEY (request_id) REFERENCES request (id),
  FOREIGN KEY (message_id) REFERENCES request_message (id)
);

-- With the request, with the work on it, or with a message.
ALTER TABLE photo
  MODIFY position SMALLINT UNSIGNED NULL
    COMMENT 'from 1, among those of the request',
  ADD kind ENUM('request','work','message') NOT NULL DEFAULT 'request',
  ADD message_id INT UNSIGNED NULL,
  ADD line_id INT UNSIGNED NULL COMMENT 'the work on it',
  ADD FOREIGN KEY (message_id) REFERENCES request_message (id),
  ADD FOREIGN KEY (line_id) REFERENCES request_line (id);

-- How a line ended, as the branch reported it last.
ALTER TABLE request_line
  ADD outcome ENUM('done','no_fault','could_not') NULL,
  ADD cause VARCHAR(500) NULL COMMENT 'the fault that was found',
  ADD work_done VARCHAR(2000) NULL COMMENT 'or why it could not be done',
  ADD meter INT UNSIGNED NULL,
  ADD meter_unit ENUM('hours','km') NULL,
  ADD next_inspection DATE NULL,
  ADD cost_cents BIGINT NULL;

-- Parts that were used; what they cost stands nowhere here.
CREATE TABLE request_part (
  id INT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
  request_id INT UNSIGNED NOT NULL,
  line_id INT UNSIGNED NOT NULL,
  organisation_id INT UNSIGNED NOT NULL,
  position SMALLINT UNSIGNED NOT NULL,
  name VARCHAR(100) NOT NULL,
  article VARCHAR(20) NULL,
  quantity SMALLINT UNSIGNED NOT NULL DEFAULT 1,
  UNIQUE KEY (line_id, position),
  KEY (request_id),
  FOREIGN KEY (request_id) REFERENCES request (id),
  FOREIGN KEY (line_id) REFERENCES request_line (id),
  FOREIGN KEY (organisation_id) REFERENCES organisation (id)
);

-- What its meter said last.
ALTER TABLE aid
  ADD meter INT UNSIGNED NULL,
  ADD meter_unit ENUM('hours','km') NULL,
  ADD meter_on DATE NULL;
