-- Inspections: when the next is due and how the last one ended stand in the
-- aid's own row, for lists and the menu; each one has a row, and a
-- certificate. And addresses by which a calendar is read.

ALTER TABLE aid
  ADD inspection_result ENUM('approved','remarks','rejected') NULL
    COMMENT 'of the last one' AFTER inspected_on,
  ADD KEY by_due (holder_id, inspection_due, location_id, home_place_id,
    status, inspection_result),
  ADD KEY due_of_branch (branch_id, inspection_due),
  ADD KEY due (inspection_due);

CREATE TABLE inspection (
  id INT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
  number VARCHAR(20) CHARACTER SET ascii NOT NULL UNIQUE
    COMMENT 'of the certificate',
  aid_id INT UNSIGNED NOT NULL,
  organisation_id INT UNSIGNED NULL COMMENT 'whose list it stood on',
  place_id INT UNSIGNED NOT NULL COMMENT 'where it stood',
  request_id INT UNSIGNED NULL,
  aid_event_id BIGINT UNSIGNED NOT NULL UNIQUE,
  result ENUM('approved','remarks','rejected') NOT NULL,
  inspected_on DATE NOT NULL,
  next_on DATE NULL COMMENT 'NULL: rejected, or none is needed',
  inspector VARCHAR(60) NOT NULL,
  remark VARCHAR(500) NULL,
  actor_id INT UNSIGNED NULL COMMENT 'who entered it',
  created_at DATETIME NOT NULL DEFAULT UTC_TIMESTAMP(),
  KEY (aid_id, inspected_on),
  KEY (organisation_id, inspected_on),
  KEY (request_id, aid_id),
  FOREIGN KEY (aid_id) REFERENCES aid (id),
  FOREIGN KEY (organisation_id) REFERENCES organisation (id),
  FOREIGN KEY (place_id) REFERENCES place (id),
  FOREIGN KEY (request_id) REFERENCES request (id),
  FOREIGN KEY (aid_event_id) REFERENCES aid_event (id),
  FOREIGN KEY (actor_id) REFERENCES account (id)
);

-- A certificate of an aid that nobody has belongs to no organisation.
ALTER TABLE document
  MODIFY subject_kind ENUM('request','order','quote','invoice','certificate')
    NOT NULL,
  MODIFY organisation_id INT UNSIGNED NULL;

-- The secret of the address is 32 random bytes, kept as their SHA-256.
CREATE TABLE calendar_feed (
  membership_id INT UNSIGNED NOT NULL PRIMARY KEY,
  account_id INT UNSIGNED NOT NULL,
  secret_hash BINARY(32) NOT NULL UNIQUE,
  made_at DATETIME NOT NULL DEFAULT UTC_TIMESTAMP(),
  read_at DATETIME NULL,
  body_hash BINARY(32) NULL COMMENT 'of what was read last',
  changed_at DATETIME NULL COMMENT 'when that was new',
  KEY (account_id),
  FOREIGN KEY (membership_id) REFERENCES membership (id),
  FOREIGN KEY (account_id) REFERENCES account (id)
);

-- Shown once after it was made.
ALTER TABLE session
  MODIFY kept_kind ENUM('app','sms','recovery','calendar') NULL
    COMMENT 'what kept is, between two steps';
