-- The page under test, asked for in many ways: 50 aids of one institution,
-- at a location and in a status that has so many, and not over 1,000. Each
-- institution is asked for as often. Sessions are made for it, of who sees
-- the whole of an institution. Answers the requests, in an order by chance.
SET @requests = 2;

CREATE TEMPORARY TABLE bench_session AS
SELECT m.id AS membership, m.account_id AS account,
  m.organisation_id AS organisation,
  LEFT(REPLACE(REPLACE(TO_BASE64(RANDOM_BYTES(33)), '+', '-'), '/', '_'), 43)
    AS cookie
FROM membership m
WHERE m.id IN (SELECT MIN(m.id) FROM membership m
  JOIN account a ON a.id = m.account_id
  WHERE m.portal = 'institution' AND m.all_places
    AND a.password_set_at IS NOT NULL
  GROUP BY m.organisation_id);

DELETE FROM session WHERE agent = 'bench';
INSERT INTO session (id, account_id, membership_id, step, address, agent)
SELECT UNHEX(SHA2(cookie, 256)), account, membership, 'complete', '127.0.0.1',
  'bench'
FROM bench_session;

CREATE TEMPORARY TABLE bench_combination (KEY (organisation, number)) AS
SELECT holder_id AS organisation, location_id AS location, status,
  ROW_NUMBER() OVER (PARTITION BY holder_id ORDER BY RAND(1)) - 1 AS number,
  COUNT(*) OVER (PARTITION BY holder_id) AS combinations
FROM aid
WHERE holder_id IS NOT NULL AND location_id IS NOT NULL
  AND status <> 'scrapped'
GROUP BY holder_id, location_id, status
HAVING COUNT(*) BETWEEN 50 AND 1000;

SELECT CONCAT('/aids?location=', c.location, '&status=', c.status,
    '&size=50') AS path,
  s.cookie, SHA2(s.cookie, 256) AS session, s.account, s.membership,
  s.organisation, c.location, c.status
FROM bench_session s
JOIN seq_0_to_99 n ON n.seq < @requests
JOIN bench_combination c ON c.organisation = s.organisation
  AND c.number = n.seq MOD c.combinations
ORDER BY RAND(2);
