-- What 'Verstuur aanvraag' may still send.

-- :sent_lately one
-- scope: none, because an account counts its own
SELECT COUNT(*) AS mails
FROM audit
WHERE actor_id = :scope_account AND account_id = :scope_account
AND action = 'send' AND at > UTC_TIMESTAMP() - INTERVAL 1 HOUR
