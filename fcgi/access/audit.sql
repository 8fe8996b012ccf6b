-- One row for each client whose data is shown or changed, under the
-- organisation the client is of.
-- :audit_clients exec
-- scope: none, because the caller read these ids within its scope
INSERT INTO audit (request_id, actor_id, membership_id, organisation_id,
  client_id, subject, action, access_right, outcome, address)
SELECT :request, :actor, :membership,
  COALESCE(c.organisation_id, :organisation), ids.id, LEFT(:subject, 320),
  :action, :access_right, 'ok', :address
FROM JSON_TABLE(:ids, '$[*]' COLUMNS (id INT UNSIGNED PATH '$')) ids
LEFT JOIN client c ON c.id = ids.id

-- :audit_account exec
-- scope: none, because it only adds what the account itself did
INSERT INTO audit (request_id, actor_id, membership_id, organisation_id,
  account_id, subject, action, access_right, outcome, address)
VALUES (:request, :actor, :membership, :organisation, :account,
  LEFT(:subject, 320), :action, :access_right, :outcome, :address)
