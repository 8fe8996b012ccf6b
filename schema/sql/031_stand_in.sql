-- An authoriser who is away (X6): who answers meanwhile; reminders, and after
-- some days the administrators.

CREATE TABLE stand_in (
  id INT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
  organisation_id INT UNSIGNED NOT NULL,
  account_id INT UNSIGNED NOT NULL COMMENT 'who is away',
  stand_in_id INT UNSIGNED NOT NULL,
  from_on DATE NOT NULL,
  until_on DATE NOT NULL,
  turned BOOL NOT NULL DEFAULT FALSE
    COMMENT 'what waited went to the stand-in',
  UNIQUE (organisation_id, account_id),
  KEY (stand_in_id),
  FOREIGN KEY (organisation_id) REFERENCES organisation (id),
  FOREIGN KEY (account_id) REFERENCES account (id),
  FOREIGN KEY (stand_in_id) REFERENCES account (id)
);

ALTER TABLE approval
  ADD COLUMN on_behalf_id INT UNSIGNED NULL
    COMMENT 'whose stand-in the approver is' AFTER approver_id,
  ADD COLUMN reminded_at DATETIME NULL,
  ADD COLUMN escalated_at DATETIME NULL COMMENT 'administrators were told',
  ADD KEY (verdict, asked_at),
  ADD FOREIGN KEY (on_behalf_id) REFERENCES account (id);
