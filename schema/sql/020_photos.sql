-- Photos with a request, as they are shown: re-encoded, without metadata.
-- Without a request: chosen in a form that was not sent yet.
CREATE TABLE photo (
  id INT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
  code CHAR(22) CHARACTER SET ascii COLLATE ascii_bin NOT NULL UNIQUE,
  organisation_id INT UNSIGNED NOT NULL,
  account_id INT UNSIGNED NOT NULL COMMENT 'who added it',
  request_id INT UNSIGNED NULL,
  position TINYINT UNSIGNED NULL COMMENT 'from 1, among those of the request',
  added_at DATETIME NOT NULL DEFAULT UTC_TIMESTAMP(),
  width SMALLINT UNSIGNED NOT NULL,
  height SMALLINT UNSIGNED NOT NULL,
  bytes MEDIUMBLOB NOT NULL COMMENT 'JPEG',
  small MEDIUMBLOB NOT NULL COMMENT 'JPEG',
  UNIQUE KEY (request_id, position),
  KEY (added_at),
  FOREIGN KEY (organisation_id) REFERENCES organisation (id),
  FOREIGN KEY (account_id) REFERENCES account (id),
  FOREIGN KEY (request_id) REFERENCES request (id)
);
