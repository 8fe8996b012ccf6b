-- Whose account was closed for a while by wrong guesses is told, by the same
-- way as help: known address or not, the page does the same.
ALTER TABLE login_help
  ADD COLUMN kind ENUM('help','locked') NOT NULL DEFAULT 'help' AFTER id;
