-- The core tables. Money in cents, times in UTC, days as DATE in the
-- supplier's own calendar (Europe/Amsterdam). Every index of a tenant's
-- table begins with the organisation.

CREATE TABLE branch (
  id INT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
  code VARCHAR(20) CHARACTER SET ascii NOT NULL UNIQUE,
  name VARCHAR(100) NOT NULL,
  street VARCHAR(100) NOT NULL,
  postcode VARCHAR(7) NOT NULL,
  city VARCHAR(60) NOT NULL,
  phone VARCHAR(20) NOT NULL,
  email VARCHAR(254) CHARACTER SET ascii NOT NULL
);

CREATE TABLE account (
  id INT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
  email VARCHAR(254) CHARACTER SET ascii COLLATE ascii_general_ci
    NULL UNIQUE COMMENT 'NULL: ended and stripped',
  name VARCHAR(100) NOT NULL,
  phone VARCHAR(20) NULL,
  lang CHAR(2) CHARACTER SET ascii NOT NULL DEFAULT 'nl',
  state ENUM('invited','active','deactivated','ended') NOT NULL
    DEFAULT 'invited',
  password_hash VARCHAR(128) CHARACTER SET ascii NULL,
  password_set_at DATETIME NULL,
  last_login_at DATETIME NULL,
  created_at DATETIME NOT NULL DEFAULT UTC_TIMESTAMP(),
  version INT UNSIGNED NOT NULL DEFAULT 1
);

CREATE TABLE factor (
  id INT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
  account_id INT UNSIGNED NOT NULL,
  kind ENUM('totp','sms') NOT NULL,
  key_id VARCHAR(16) CHARACTER SET ascii NOT NULL,
  secret VARBINARY(255) NOT NULL COMMENT 'AES-256-GCM: nonce, text, tag',
  last_counter BIGINT UNSIGNED NOT NULL DEFAULT 0,
  confirmed_at DATETIME NULL,
  UNIQUE (account_id, kind),
  FOREIGN KEY (account_id) REFERENCES account (id)
);

CREATE TABLE recovery_code (
  account_id INT UNSIGNED NOT NULL,
  code_hash BINARY(32) NOT NULL,
  used_at DATETIME NULL,
  PRIMARY KEY (account_id, code_hash),
  FOREIGN KEY (account_id) REFERENCES account (id)
);

CREATE TABLE organisation (
  id INT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
  code VARCHAR(20) CHARACTER SET ascii NOT NULL UNIQUE,
  parent_id INT UNSIGNED NULL,
  kind ENUM('umbrella','institution') NOT NULL DEFAULT 'institution',
  name VARCHAR(100) NOT NULL,
  branch_id INT UNSIGNED NOT NULL,
  advisor_id INT UNSIGNED NULL,
  theme VARCHAR(40) CHARACTER SET ascii NULL,
  second_factor ENUM('required','optional') NOT NULL DEFAULT 'required',
  active BOOL NOT NULL DEFAULT TRUE,
  version INT UNSIGNED NOT NULL DEFAULT 1,
  FOREIGN KEY (parent_id) REFERENCES organisation (id),
  FOREIGN KEY (branch_id) REFERENCES branch (id),
  FOREIGN KEY (advisor_id) REFERENCES account (id)
);

-- Two levels: a location, and what lies in it. location_id is the place
-- itself for a location, so that one column says where a thing is.
CREATE TABLE place (
  id INT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
  organisation_id INT UNSIGNED NULL COMMENT 'NULL: the supplier''s',
  location_id INT UNSIGNED NULL,
  branch_id INT UNSIGNED NULL COMMENT 'for the supplier''s depots',
  kind ENUM('location','department','depot') NOT NULL,
  name VARCHAR(100) NOT NULL,
  street VARCHAR(100) NULL,
  postcode VARCHAR(7) NULL,
  city VARCHAR(60) NULL,
  active BOOL NOT NULL DEFAULT TRUE,
  version INT UNSIGNED NOT NULL DEFAULT 1,
  KEY (organisation_id, kind, name),
  FOREIGN KEY (organisation_id) REFERENCES organisation (id),
  FOREIGN KEY (location_id) REFERENCES place (id),
  FOREIGN KEY (branch_id) REFERENCES branch (id)
);

CREATE TABLE membership (
  id INT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
  account_id INT UNSIGNED NOT NULL,
  portal ENUM('institution','professional','supplier') NOT NULL,
  organisation_id INT UNSIGNED NULL COMMENT 'NULL: the supplier''s staff',
  branch_id INT UNSIGNED NULL COMMENT 'NULL: every branch',
  role VARCHAR(20) CHARACTER SET ascii NOT NULL,
  reason ENUM('self_employed','hired','secondment') NULL,
  all_places BOOL NOT NULL DEFAULT FALSE,
  visibility ENUM('organisation','places','own') NOT NULL
    DEFAULT 'organisation',
  may_authorise_orders BOOL NOT NULL DEFAULT FALSE,
  active BOOL NOT NULL DEFAULT TRUE,
  version INT UNSIGNED NOT NULL DEFAULT 1,
  UNIQUE (account_id, portal, organisation_id),
  KEY (organisation_id, portal, role),
  FOREIGN KEY (account_id) REFERENCES account (id),
  FOREIGN KEY (organisation_id) REFERENCES organisation (id),
  FOREIGN KEY (branch_id) REFERENCES branch (id)
);

CREATE TABLE membership_place (
  membership_id INT UNSIGNED NOT NULL,
  place_id INT UNSIGNED NOT NULL,
  whole_subtree BOOL NOT NULL DEFAULT FALSE,
  PRIMARY KEY (membership_id, place_id),
  FOREIGN KEY (membership_id) REFERENCES membership (id),
  FOREIGN KEY (place_id) REFERENCES place (id)
);

-- No row: no authorisation needed (I5).
CREATE TABLE service_authoriser (
  membership_id INT UNSIGNED NOT NULL,
  kind VARCHAR(20) CHARACTER SET ascii NOT NULL,
  authoriser_id INT UNSIGNED NOT NULL,
  PRIMARY KEY (membership_id, kind),
  FOREIGN KEY (membership_id) REFERENCES membership (id),
  FOREIGN KEY (authoriser_id) REFERENCES account (id)
);

CREATE TABLE budget_step (
  membership_id INT UNSIGNED NOT NULL,
  from_cents BIGINT NOT NULL,
  authoriser_id INT UNSIGNED NOT NULL,
  PRIMARY KEY (membership_id, from_cents),
  FOREIGN KEY (membership_id) REFERENCES membership (id),
  FOREIGN KEY (authoriser_id) REFERENCES account (id)
);

CREATE TABLE contract (
  id INT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
  organisation_id INT UNSIGNED NOT NULL,
  kind ENUM('ad','rent','price','core') NOT NULL,
  valid_from DATE NOT NULL,
  valid_until DATE NULL,
  KEY (organisation_id, kind),
  FOREIGN KEY (organisation_id) REFERENCES organisation (id)
);

CREATE TABLE client (
  id INT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
  organisation_id INT UNSIGNED NOT NULL,
  location_id INT UNSIGNED NULL,
  name VARCHAR(100) NOT NULL,
  born DATE NULL,
  room VARCHAR(20) NULL,
  bsn_key_id VARCHAR(16) CHARACTER SET ascii NULL,
  bsn VARBINARY(64) NULL COMMENT 'AES-256-GCM: nonce, text, tag',
  created_at DATETIME NOT NULL DEFAULT UTC_TIMESTAMP(),
  erase_after DATE NULL,
  KEY (organisation_id, name),
  KEY (organisation_id, born),
  FOREIGN KEY (organisation_id) REFERENCES organisation (id),
  FOREIGN KEY (location_id) REFERENCES place (id)
);

-- Two levels: category and subcategory. Labels are ours, the code of
-- ISO 9999 stands beside them.
CREATE TABLE category (
  id INT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
  parent_id INT UNSIGNED NULL,
  iso9999 VARCHAR(11) CHARACTER SET ascii NULL,
  inspection_months SMALLINT UNSIGNED NULL,
  FOREIGN KEY (parent_id) REFERENCES category (id)
);

CREATE TABLE category_text (
  category_id INT UNSIGNED NOT NULL,
  lang CHAR(2) CHARACTER SET ascii NOT NULL,
  name VARCHAR(80) NOT NULL,
  PRIMARY KEY (category_id, lang),
  FOREIGN KEY (category_id) REFERENCES category (id)
);

CREATE TABLE product (
  id INT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
  number VARCHAR(20) CHARACTER SET ascii NOT NULL UNIQUE,
  category_id INT UNSIGNED NOT NULL COMMENT 'a subcategory',
  make VARCHAR(60) NOT NULL,
  type VARCHAR(80) NOT NULL,
  sellable BOOL NOT NULL DEFAULT TRUE,
  rentable BOOL NOT NULL DEFAULT FALSE,
  KEY (category_id),
  FOREIGN KEY (category_id) REFERENCES category (id)
);

CREATE TABLE product_text (
  product_id INT UNSIGNED NOT NULL,
  lang CHAR(2) CHARACTER SET ascii NOT NULL,
  description VARCHAR(2000) NOT NULL,
  PRIMARY KEY (product_id, lang),
  FOREIGN KEY (product_id) REFERENCES product (id)
);

CREATE TABLE product_specification (
  product_id INT UNSIGNED NOT NULL,
  position SMALLINT UNSIGNED NOT NULL,
  lang CHAR(2) CHARACTER SET ascii NOT NULL,
  name VARCHAR(60) NOT NULL,
  value VARCHAR(120) NOT NULL,
  PRIMARY KEY (product_id, lang, position),
  FOREIGN KEY (product_id) REFERENCES product (id)
);

-- holder_id is whose list the aid stands on: the owner, or who rents it.
-- NULL: nobody's, in a depot of the supplier.
CREATE TABLE aid (
  id INT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
  number INT UNSIGNED NOT NULL UNIQUE,
  label_code CHAR(16) CHARACTER SET ascii COLLATE ascii_bin
    NOT NULL UNIQUE,
  product_id INT UNSIGNED NOT NULL,
  category_id INT UNSIGNED NOT NULL COMMENT 'the upper level',
  subcategory_id INT UNSIGNED NOT NULL,
  serial VARCHAR(40) NOT NULL,
  owner_id INT UNSIGNED NULL COMMENT 'NULL: the supplier''s',
  holder_id INT UNSIGNED NULL,
  location_id INT UNSIGNED NULL,
  place_id INT UNSIGNED NOT NULL,
  branch_id INT UNSIGNED NOT NULL,
  status ENUM('in_use','in_depot','in_transport','in_cleaning','in_repair',
    'out_of_service','scrapped') NOT NULL,
  condition_grade ENUM('new','good','worn','poor') NOT NULL DEFAULT 'good',
  bought_on DATE NULL,
  price_cents BIGINT NULL,
  rent_from DATE NULL,
  day_cents INT UNSIGNED NULL,
  inspected_on DATE NULL,
  inspection_due DATE NULL,
  version INT UNSIGNED NOT NULL DEFAULT 1,
  KEY (holder_id, location_id, place_id),
  KEY (holder_id, status),
  KEY (holder_id, subcategory_id),
  KEY (holder_id, product_id),
  KEY (holder_id, rent_from),
  KEY (holder_id, number),
  KEY (branch_id, status),
  FOREIGN KEY (product_id) REFERENCES product (id),
  FOREIGN KEY (category_id) REFERENCES category (id),
  FOREIGN KEY (subcategory_id) REFERENCES category (id),
  FOREIGN KEY (owner_id) REFERENCES organisation (id),
  FOREIGN KEY (holder_id) REFERENCES organisation (id),
  FOREIGN KEY (location_id) REFERENCES place (id),
  FOREIGN KEY (place_id) REFERENCES place (id),
  FOREIGN KEY (branch_id) REFERENCES branch (id)
);

CREATE TABLE rental (
  id INT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
  organisation_id INT UNSIGNED NOT NULL,
  aid_id INT UNSIGNED NOT NULL,
  client_id INT UNSIGNED NULL,
  day_cents INT UNSIGNED NOT NULL,
  scheme ENUM('grz','elv','ad','other') NOT NULL DEFAULT 'other',
  started_on DATE NULL,
  ended_on DATE NULL,
  collected_on DATE NULL,
  signed_off_on DATE NULL,
  KEY (organisation_id, ended_on),
  KEY (aid_id, started_on),
  FOREIGN KEY (organisation_id) REFERENCES organisation (id),
  FOREIGN KEY (aid_id) REFERENCES aid (id),
  FOREIGN KEY (client_id) REFERENCES client (id)
);

CREATE TABLE request (
  id INT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
  number VARCHAR(20) CHARACTER SET ascii NOT NULL UNIQUE,
  portal ENUM('institution','professional','supplier') NOT NULL,
  kind ENUM('repair','move','from_depot','to_depot','pick_up','adaptation',
    'rental','delivery','inspection','cleaning') NOT NULL,
  state ENUM('awaiting_approval','awaiting_signature','signature_refused',
    'submitted','accepted','proposed','planned','in_progress','done',
    'on_hold','own_planned','rejected','withdrawn','cancelled') NOT NULL,
  held_state VARCHAR(20) CHARACTER SET ascii NULL
    COMMENT 'where resume goes back to',
  held_until DATE NULL,
  organisation_id INT UNSIGNED NOT NULL,
  branch_id INT UNSIGNED NOT NULL,
  location_id INT UNSIGNED NOT NULL,
  place_id INT UNSIGNED NOT NULL COMMENT 'where the aid is, or goes from',
  to_place_id INT UNSIGNED NULL COMMENT 'where it goes',
  client_id INT UNSIGNED NULL,
  law ENUM('wlz','zvw','wmo','own') NULL,
  performer ENUM('supplier','own') NOT NULL DEFAULT 'supplier',
  reference VARCHAR(40) NULL,
  requester_id INT UNSIGNED NOT NULL,
  approver_id INT UNSIGNED NULL COMMENT 'who must approve, or did',
  signer_id INT UNSIGNED NULL COMMENT 'the professional who must sign',
  contact_name VARCHAR(100) NOT NULL,
  contact_phone VARCHAR(20) NOT NULL,
  contact_email VARCHAR(254) NOT NULL,
  description VARCHAR(2000) NOT NULL DEFAULT '',
  message VARCHAR(2000) NULL,
  wished_on DATE NOT NULL,
  planned_on DATE NULL COMMENT 'proposed or agreed',
  planned_part ENUM('day','morning','afternoon') NULL,
  mechanic VARCHAR(60) NULL,
  workshop BOOL NOT NULL DEFAULT FALSE COMMENT 'taken along for repair',
  finding ENUM('done','no_fault') NULL,
  work_done VARCHAR(2000) NULL,
  done_on DATE NULL,
  cost_cents BIGINT NULL,
  due_on DATE AS (IF(state IN ('done','rejected','withdrawn','cancelled'),
    DATE'9999-12-31', COALESCE(planned_on, wished_on))) STORED
    COMMENT 'the branch''s order of work: what ended comes last',
  created_at DATETIME NOT NULL DEFAULT UTC_TIMESTAMP(),
  changed_at DATETIME NOT NULL DEFAULT UTC_TIMESTAMP(),
  version INT UNSIGNED NOT NULL DEFAULT 1,
  KEY (organisation_id, state, planned_on),
  KEY (organisation_id, created_at),
  KEY (organisation_id, location_id, created_at),
  KEY (branch_id, state, due_on),
  KEY (branch_id, due_on),
  KEY (due_on),
  KEY (requester_id),
  FOREIGN KEY (organisation_id) REFERENCES organisation (id),
  FOREIGN KEY (branch_id) REFERENCES branch (id),
  FOREIGN KEY (location_id) REFERENCES place (id),
  FOREIGN KEY (place_id) REFERENCES place (id),
  FOREIGN KEY (to_place_id) REFERENCES place (id),
  FOREIGN KEY (client_id) REFERENCES client (id),
  FOREIGN KEY (requester_id) REFERENCES account (id),
  FOREIGN KEY (approver_id) REFERENCES account (id),
  FOREIGN KEY (signer_id) REFERENCES account (id)
);

CREATE TABLE request_line (
  id INT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
  request_id INT UNSIGNED NOT NULL,
  position SMALLINT UNSIGNED NOT NULL DEFAULT 1,
  organisation_id INT UNSIGNED NOT NULL,
  aid_id INT UNSIGNED NULL,
  product_id INT UNSIGNED NULL,
  state VARCHAR(20) CHARACTER SET ascii NOT NULL,
  planned_on DATE NULL,
  done_on DATE NULL,
  UNIQUE (request_id, position),
  KEY (organisation_id, aid_id),
  KEY (aid_id),
  FOREIGN KEY (request_id) REFERENCES request (id),
  FOREIGN KEY (organisation_id) REFERENCES organisation (id),
  FOREIGN KEY (aid_id) REFERENCES aid (id),
  FOREIGN KEY (product_id) REFERENCES product (id)
);

-- What happened to an aid, for the organisation that had it then: a rented
-- bed does not carry one customer's history to the next.
CREATE TABLE aid_event (
  id BIGINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
  aid_id INT UNSIGNED NOT NULL,
  organisation_id INT UNSIGNED NULL,
  request_id INT UNSIGNED NULL,
  kind ENUM('repair','move','from_depot','to_depot','pick_up','adaptation',
    'delivery','inspection','cleaning','registered','correction',
    'out_of_service','scrapped') NOT NULL,
  summary VARCHAR(200) NOT NULL DEFAULT '',
  asked_on DATE NOT NULL,
  done_on DATE NULL,
  actor_id INT UNSIGNED NULL,
  from_place_id INT UNSIGNED NULL,
  to_place_id INT UNSIGNED NULL,
  cost_cents BIGINT NULL,
  KEY (aid_id, asked_on),
  KEY (organisation_id, asked_on),
  FOREIGN KEY (aid_id) REFERENCES aid (id),
  FOREIGN KEY (organisation_id) REFERENCES organisation (id),
  FOREIGN KEY (request_id) REFERENCES request (id),
  FOREIGN KEY (actor_id) REFERENCES account (id),
  FOREIGN KEY (from_place_id) REFERENCES place (id),
  FOREIGN KEY (to_place_id) REFERENCES place (id)
);

CREATE TABLE approval (
  id INT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
  subject_kind ENUM('request','order') NOT NULL,
  subject_id INT UNSIGNED NOT NULL,
  organisation_id INT UNSIGNED NOT NULL,
  step SMALLINT UNSIGNED NOT NULL DEFAULT 1,
  approver_id INT UNSIGNED NOT NULL,
  verdict ENUM('approved','rejected','withdrawn') NULL,
  reason VARCHAR(500) NULL,
  asked_at DATETIME NOT NULL DEFAULT UTC_TIMESTAMP(),
  answered_at DATETIME NULL,
  KEY (subject_kind, subject_id),
  KEY (approver_id, verdict),
  FOREIGN KEY (organisation_id) REFERENCES organisation (id),
  FOREIGN KEY (approver_id) REFERENCES account (id)
);

-- The steps of a thing's life, shown as its timeline. Only ever added to.
CREATE TABLE event (
  id BIGINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
  subject_kind ENUM('request','order','quote','account','organisation',
    'place') NOT NULL,
  subject_id INT UNSIGNED NOT NULL,
  organisation_id INT UNSIGNED NULL,
  name VARCHAR(30) CHARACTER SET ascii NOT NULL,
  from_state VARCHAR(20) CHARACTER SET ascii NOT NULL,
  to_state VARCHAR(20) CHARACTER SET ascii NOT NULL,
  actor_id INT UNSIGNED NULL,
  at DATETIME NOT NULL DEFAULT UTC_TIMESTAMP(),
  day DATE NULL COMMENT 'the date proposed, planned or held until',
  part ENUM('day','morning','afternoon') NULL,
  reason VARCHAR(2000) NULL,
  field VARCHAR(30) CHARACTER SET ascii NULL COMMENT 'what was corrected',
  old_value VARCHAR(2000) NULL,
  new_value VARCHAR(2000) NULL,
  KEY (subject_kind, subject_id, id),
  FOREIGN KEY (organisation_id) REFERENCES organisation (id),
  FOREIGN KEY (actor_id) REFERENCES account (id)
);

-- A document once issued does not change. The bytes are drawn from the XML
-- at the first use; the XML draws the same bytes again.
CREATE TABLE document (
  id INT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
  organisation_id INT UNSIGNED NOT NULL,
  subject_kind ENUM('request','order','quote','invoice') NOT NULL,
  subject_id INT UNSIGNED NOT NULL,
  version INT UNSIGNED NOT NULL COMMENT 'of the subject',
  lang CHAR(2) CHARACTER SET ascii NOT NULL,
  issued_at DATETIME NOT NULL DEFAULT UTC_TIMESTAMP(),
  name VARCHAR(100) CHARACTER SET ascii NOT NULL DEFAULT ''
    COMMENT 'of the file',
  title VARCHAR(200) NOT NULL DEFAULT '',
  xml MEDIUMBLOB NOT NULL,
  pdf MEDIUMBLOB NULL,
  sha256 BINARY(32) NULL,
  UNIQUE (subject_kind, subject_id, version, lang),
  FOREIGN KEY (organisation_id) REFERENCES organisation (id)
);

CREATE TABLE signature (
  id INT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
  document_id INT UNSIGNED NOT NULL,
  organisation_id INT UNSIGNED NOT NULL,
  account_id INT UNSIGNED NOT NULL,
  verdict ENUM('signed','refused') NOT NULL,
  reason VARCHAR(500) NULL,
  provider_ref VARCHAR(100) NULL,
  at DATETIME NOT NULL DEFAULT UTC_TIMESTAMP(),
  KEY (document_id),
  FOREIGN KEY (document_id) REFERENCES document (id),
  FOREIGN KEY (organisation_id) REFERENCES organisation (id),
  FOREIGN KEY (account_id) REFERENCES account (id)
);

-- Numbers that people see. One row is locked for the length of the
-- transaction that takes the next.
CREATE TABLE counter (
  series VARCHAR(20) CHARACTER SET ascii NOT NULL,
  year SMALLINT UNSIGNED NOT NULL,
  value INT UNSIGNED NOT NULL DEFAULT 0,
  PRIMARY KEY (series, year)
);
