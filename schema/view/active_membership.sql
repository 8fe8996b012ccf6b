-- Who works for whom now: not what ended, nor for an organisation that did.
-- Without a join: MariaDB 10.11 ends where a prepared statement with a view
-- of two tables in a nested EXISTS is run a second time.
CREATE OR REPLACE SQL SECURITY INVOKER VIEW active_membership AS
SELECT m.id, m.account_id, m.portal, m.organisation_id, m.role, m.visibility
FROM membership m
WHERE m.active
AND m.organisation_id IN (SELECT o.id FROM organisation o WHERE o.active);
