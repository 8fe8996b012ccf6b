-- What each database user may do, on the tables that there are: run in the
-- portal's database by the server's administrator, before and after each
-- migration. @host is the host part of the users' names.
--
--   portal   reads and writes; only adds to what records events
--   jobs     reads all but secrets, writes what mail and nightly work need
--   migrate  everything in this database
--
-- None of them has a right anywhere else. A statement that asks for more
-- than this fails when the portal starts, not when a user meets it.
DELIMITER //
CREATE OR REPLACE PROCEDURE grant_rights(
  rights VARCHAR(200), thing VARCHAR(200), user VARCHAR(20))
  EXECUTE IMMEDIATE CONCAT('GRANT ', rights, ' ON `', DATABASE(), '`.', thing,
    ' TO `', user, '`@', QUOTE(@host)) //

BEGIN NOT ATOMIC
  CALL grant_rights('ALL', '*', 'migrate');
  FOR t IN (SELECT CONCAT('`', table_name, '`') AS thing, table_name AS name,
      table_type = 'VIEW' AS is_view
    FROM information_schema.tables WHERE table_schema = DATABASE()) DO
    CALL grant_rights(CASE
        WHEN t.is_view OR t.name = 'migration' THEN 'SELECT'
        WHEN t.name IN ('event', 'audit', 'signature') THEN 'SELECT, INSERT'
        WHEN t.name = 'aid_event' THEN 'SELECT, INSERT, UPDATE (summary,
          done_on, to_place_id, cost_cents)'
        ELSE 'SELECT, INSERT, UPDATE, DELETE' END, t.thing, 'portal');
    CALL grant_rights(CASE
        WHEN t.name IN ('factor', 'recovery_code') THEN 'USAGE'
        WHEN t.name IN ('outbox', 'session', 'login_attempt', 'account_link',
            'form_key')
          THEN 'SELECT, INSERT, UPDATE, DELETE'
        WHEN t.name = 'document' THEN 'SELECT, UPDATE (pdf, sha256)'
        ELSE 'SELECT' END, t.thing, 'jobs');
  END FOR;
END //
DELIMITER ;
DROP PROCEDURE grant_rights;
