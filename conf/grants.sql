-- What each database user may do, on the tables that there are: run in the
-- portal's database by the server's administrator, before and after each
-- migration. @host is the host part of the users' names; @prefix, where it is
-- set, stands before each name.
--
--   portal   reads and writes, deletes only sessions, form keys, exports,
--            counts of wrong log-ins, and what hangs on an account; what
--            records events is only added to
--   jobs     sees the mail, its documents, and what is cleaned away at night,
--            the accounts that nobody uses among it; seals the log of who saw
--            what, which neither can change
--   migrate  everything in this database; where there is no such user the
--            server's administrator runs the migrations
--
-- None of them has a right anywhere else. A statement that asks for more
-- than this is named by `hulpbalie check`, not met by a user.
DELIMITER //
CREATE OR REPLACE PROCEDURE grant_rights(
  rights VARCHAR(200), thing VARCHAR(200), user VARCHAR(20))
  EXECUTE IMMEDIATE CONCAT('GRANT ', rights, ' ON `', DATABASE(), '`.', thing,
    ' TO `', COALESCE(@prefix, ''), user, '`@', QUOTE(@host)) //

BEGIN NOT ATOMIC
  IF EXISTS (SELECT 1 FROM mysql.global_priv WHERE host = @host
      AND user = CONCAT(COALESCE(@prefix, ''), 'migrate')) THEN
    CALL grant_rights('ALL', '*', 'migrate');
  END IF;
  FOR t IN (SELECT CONCAT('`', table_name, '`') AS thing, table_name AS name,
      table_type = 'VIEW' AS is_view
    FROM information_schema.tables WHERE table_schema = DATABASE()) DO
    CALL grant_rights(CASE
        WHEN t.is_view OR t.name = 'migration' THEN 'SELECT'
        WHEN t.name = 'audit_seal' THEN 'SELECT'
        WHEN t.name IN ('event', 'audit', 'signature', 'inspection')
          THEN 'SELECT, INSERT'
        WHEN t.name = 'aid_event' THEN 'SELECT, INSERT, UPDATE (summary,
          done_on, to_place_id, cost_cents)'
        WHEN t.name IN ('session', 'form_key', 'login_guard', 'export',
          'factor', 'recovery_code', 'sms_code', 'draft', 'known_device',
          'stand_in', 'message_unread',
          'login_help', 'membership_place',
          'service_authoriser', 'budget_step', 'calendar_feed')
          THEN 'SELECT, INSERT, UPDATE, DELETE'
        WHEN t.name = 'export_part' THEN 'SELECT, INSERT, DELETE'
        ELSE 'SELECT, INSERT, UPDATE' END, t.thing, 'portal');
    CALL grant_rights(CASE
        WHEN t.name = 'outbox' THEN 'SELECT, INSERT, UPDATE, DELETE'
        WHEN t.name IN ('session', 'form_key', 'login_guard', 'known_device',
          'export', 'draft', 'photo', 'attachment', 'message_unread')
          THEN 'SELECT, DELETE'
        WHEN t.name = 'login_help' THEN 'SELECT, UPDATE, DELETE'
        WHEN t.name IN ('account', 'membership') THEN 'SELECT, UPDATE'
        WHEN t.name IN ('organisation', 'branch') THEN 'SELECT'
        WHEN t.name IN ('factor', 'recovery_code', 'membership_place',
          'service_authoriser', 'budget_step') THEN 'SELECT, DELETE'
        WHEN t.name = 'account_link' THEN 'INSERT, UPDATE, SELECT'
        WHEN t.name IN ('audit', 'audit_seal') THEN 'SELECT, INSERT'
        WHEN t.name = 'stand_in' THEN 'SELECT, UPDATE, DELETE'
        WHEN t.name IN ('approval', 'request') THEN 'SELECT, UPDATE'
        WHEN t.name = 'document' THEN 'SELECT, UPDATE (pdf, sha256)'
        ELSE 'USAGE' END, t.thing, 'jobs');
  END FOR;
END //
DELIMITER ;
DROP PROCEDURE grant_rights;
