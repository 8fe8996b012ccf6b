-- Who asked for help with logging in; the job process answers by mail, so
-- that the page does the same for every address.

CREATE TABLE login_help (
  id BIGINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
  email VARCHAR(254) CHARACTER SET ascii COLLATE ascii_general_ci NOT NULL,
  address VARCHAR(45) CHARACTER SET ascii NOT NULL,
  at DATETIME NOT NULL DEFAULT UTC_TIMESTAMP(),
  done_at DATETIME NULL,
  KEY (done_at, id),
  KEY (email, at),
  KEY (at)
);
