-- An aid is found by its serial number; its number is given by the counter
-- where none was typed.
ALTER TABLE aid ADD KEY (serial);
