-- :administrator_add exec
-- scope: none, because the machine's administrator makes it, outside any page
INSERT INTO account (email, name, state, password_hash, password_set_at)
VALUES (:email, :name, 'active', :hash, UTC_TIMESTAMP())

-- :administrator_factor exec
-- scope: none, because it belongs to the account just made
INSERT INTO factor (account_id, kind, key_id, secret, confirmed_at)
VALUES (:account, 'totp', :key, :secret, UTC_TIMESTAMP())

-- :administrator_member exec
-- scope: none, because it belongs to the account just made
INSERT INTO membership (account_id, portal, role, all_places)
VALUES (:account, 'supplier', 'system', TRUE)

-- :administrator_audit exec
-- scope: none, because it only adds what was done outside any page
INSERT INTO audit (request_id, account_id, subject, action, access_right,
  outcome, address)
VALUES (:request, :account, 'hulpbalie administrator', 'create', '', 'ok',
  'local')
