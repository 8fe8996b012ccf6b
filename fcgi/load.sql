-- :demo_accounts one
-- scope: none, because it asks whether this is a demo, before any request
SELECT COUNT(*) AS found FROM account
WHERE email LIKE '%@lindenhof.example'
OR email LIKE '%@terpen.example'
OR email LIKE '%@zorgmiddelen-noord.example'
