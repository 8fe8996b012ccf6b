-- The log, for the privacy officer: of the whole supplier.

-- :audit_client one
-- scope: none, because the log is of the whole supplier, and this is logged
SELECT c.id, c.name, c.born, o.name AS organisation
FROM client c
JOIN organisation o ON o.id = c.organisation_id
WHERE c.id = :id

-- :audit_sealed_last one
-- scope: none, because batches are of the whole log
SELECT to_seq, DATE_FORMAT(sealed_at, '%Y-%m-%dT%TZ') AS at
FROM audit_seal
ORDER BY id DESC
LIMIT 1

-- :audit_record one
-- scope: none, because the log is of the whole supplier, and this is logged
SELECT x.seq, DATE_FORMAT(x.at, '%Y-%m-%dT%TZ') AS at, x.request_id,
  x.actor_id, x.client_id, x.account_id, x.subject, x.action,
  NULLIF(x.access_right, '') AS access_right, x.outcome, x.address,
  IF(w.state = 'ended', CONCAT('account ', x.actor_id), w.name) AS who, w.email,
  m.portal, m.role, n.name AS member,
  IF(a.state = 'ended', CONCAT('account ', x.account_id), a.name) AS account,
  c.name AS client, c.born, o.name AS organisation,
  s.id AS batch, DATE_FORMAT(s.sealed_at, '%Y-%m-%dT%TZ') AS sealed_at
FROM audit x
LEFT JOIN account w ON w.id = x.actor_id
LEFT JOIN membership m ON m.id = x.membership_id
LEFT JOIN organisation n ON n.id = m.organisation_id
LEFT JOIN account a ON a.id = x.account_id
LEFT JOIN client c ON c.id = x.client_id
LEFT JOIN organisation o ON o.id = x.organisation_id
LEFT JOIN audit_seal s ON s.to_seq = (
    SELECT MIN(t.to_seq) FROM audit_seal t WHERE t.to_seq >= x.seq)
WHERE x.seq = :seq

-- :audit_organisations many
-- scope: none, because the log is of the whole supplier
SELECT id AS value, name AS label FROM organisation
