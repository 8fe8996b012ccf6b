-- The life of an account. code stands in its addresses. An address that has
-- an account elsewhere does not get a second one: what an organisation asked
-- for then waits, under wanted_email, until the supplier's staff links it.
ALTER TABLE account
  ADD code CHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL
    DEFAULT (LOWER(HEX(RANDOM_BYTES(8)))) COMMENT 'in its address' AFTER id,
  ADD wanted_email VARCHAR(254) CHARACTER SET ascii
    COLLATE ascii_general_ci NULL
    COMMENT 'has an account elsewhere: waits to be linked' AFTER email,
  ADD active_since DATETIME NULL
    COMMENT 'made active, or again; idle time counts from here';

ALTER TABLE account
  ADD UNIQUE KEY (code),
  ADD KEY (wanted_email);

-- Whom others depend on, when an account goes.
ALTER TABLE service_authoriser ADD KEY authoriser (authoriser_id);
ALTER TABLE budget_step ADD KEY authoriser (authoriser_id);
