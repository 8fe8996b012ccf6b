-- Help with logging in.

-- :help_asked one
-- scope: none, because nobody is signed in, and only a number is told
SELECT COUNT(*) AS times
FROM login_help h
WHERE h.address = :address AND h.kind = 'help'
  AND h.at > UTC_TIMESTAMP() - INTERVAL 1 HOUR

-- :help_ask exec
-- scope: none, because nobody is signed in
INSERT INTO login_help (email, address) VALUES (:email, :address)
