-- Who works for whom now: not what ended, nor for an organisation that did.
CREATE OR REPLACE SQL SECURITY INVOKER VIEW active_membership AS
SELECT m.id, m.account_id, m.portal, m.organisation_id, m.role, m.visibility
FROM membership m
JOIN organisation o ON o.id = m.organisation_id
WHERE m.active AND o.active;
