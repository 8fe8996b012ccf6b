-- What the supplier's back office keeps of organisations (S2), and what
-- institutions ask to have changed of their locations (I7, S4).

ALTER TABLE organisation
  ADD payment_days TINYINT UNSIGNED NOT NULL DEFAULT 30
    COMMENT 'term of payment of invoices';

ALTER TABLE contract
  ADD version INT UNSIGNED NOT NULL DEFAULT 1;

-- The values asked for stay as they were asked; what was carried out stands
-- in the place and its events.
CREATE TABLE location_change (
  id INT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
  number VARCHAR(20) CHARACTER SET ascii NOT NULL UNIQUE,
  organisation_id INT UNSIGNED NOT NULL,
  kind ENUM('add','change','remove') NOT NULL,
  state ENUM('asked','done','declined','withdrawn') NOT NULL DEFAULT 'asked',
  place_id INT UNSIGNED NULL COMMENT 'of an addition: once it is there',
  name VARCHAR(100) NULL,
  street VARCHAR(100) NULL,
  postcode VARCHAR(7) NULL,
  city VARCHAR(60) NULL,
  departments VARCHAR(1000) NULL COMMENT 'of an addition, a line each',
  explanation VARCHAR(2000) NOT NULL DEFAULT '',
  requester_id INT UNSIGNED NOT NULL,
  asked_at DATETIME NOT NULL DEFAULT UTC_TIMESTAMP(),
  answered_by INT UNSIGNED NULL,
  answered_at DATETIME NULL,
  reason VARCHAR(500) NULL,
  version INT UNSIGNED NOT NULL DEFAULT 1,
  KEY (organisation_id, asked_at),
  KEY (place_id, state),
  KEY (state, asked_at),
  FOREIGN KEY (organisation_id) REFERENCES organisation (id),
  FOREIGN KEY (place_id) REFERENCES place (id),
  FOREIGN KEY (requester_id) REFERENCES account (id),
  FOREIGN KEY (answered_by) REFERENCES account (id)
);
