-- The log of who saw what, sealed in batches that hang together
-- (access/audit_chain.h), and found again by all that it is searched by.

CREATE TABLE audit_seal (
  id INT UNSIGNED NOT NULL PRIMARY KEY COMMENT '1, 2, 3 …',
  from_seq BIGINT UNSIGNED NOT NULL UNIQUE
    COMMENT 'follows the batch before, also where no row has it',
  to_seq BIGINT UNSIGNED NOT NULL UNIQUE,
  row_count INT UNSIGNED NOT NULL,
  last_at DATETIME(3) NOT NULL COMMENT 'of its newest row',
  sealed_at DATETIME NOT NULL,
  rows_hash BINARY(32) NOT NULL COMMENT 'SHA-256 of the rows',
  hash BINARY(32) NOT NULL
    COMMENT 'SHA-256 of the batch before, the above and rows_hash',
  key_id VARCHAR(16) CHARACTER SET ascii NOT NULL,
  mac BINARY(32) NOT NULL COMMENT 'HMAC-SHA-256 of hash',
  expired_at DATETIME NULL COMMENT 'its rows were kept long enough, and are gone'
);

ALTER TABLE audit
  ADD KEY (account_id, at),
  ADD KEY (action, at),
  ADD KEY (outcome, at);
