-- What must hold of the demo data on the day @today. Each statement answers
-- the rows that break it: none.

-- :an aid's home is a place of its holder's, its location that of its home
SELECT a.number FROM aid a LEFT JOIN place h ON h.id = a.home_place_id
WHERE NOT a.location_id <=> h.location_id
OR NOT a.holder_id <=> h.organisation_id

-- :an aid bears the names of its product, its categories and its places
SELECT a.number FROM aid a
JOIN product d ON d.id = a.product_id
JOIN category_text cn ON cn.category_id = a.category_id AND cn.lang = 'nl'
JOIN category_text ce ON ce.category_id = a.category_id AND ce.lang = 'en'
JOIN category_text sn ON sn.category_id = a.subcategory_id AND sn.lang = 'nl'
JOIN category_text se ON se.category_id = a.subcategory_id AND se.lang = 'en'
JOIN place p ON p.id = a.place_id
LEFT JOIN place l ON l.id = a.location_id
WHERE NOT (a.type_name = CONCAT(d.make, ' ', d.type)
  AND a.category_nl = cn.name AND a.category_en = ce.name
  AND a.subcategory_nl = sn.name AND a.subcategory_en = se.name
  AND a.place_name = p.name AND a.location_name <=> l.name)

-- :what stands in a place of the holder's is at home there
SELECT a.number FROM aid a JOIN place p ON p.id = a.place_id
WHERE p.organisation_id IS NOT NULL AND NOT a.home_place_id <=> p.id

-- :a place of another organisation holds no aid
SELECT a.number FROM aid a JOIN place p ON p.id = a.place_id
WHERE p.organisation_id IS NOT NULL AND NOT p.organisation_id <=> a.holder_id

-- :who owns an aid has it on the list
SELECT number FROM aid
WHERE owner_id IS NOT NULL AND NOT owner_id <=> holder_id

-- :categories of an aid are those of its product
SELECT a.number FROM aid a JOIN product d ON d.id = a.product_id
JOIN category c ON c.id = d.category_id
WHERE a.subcategory_id <> c.id OR a.category_id <> c.parent_id

-- :in use in a department, in depot in a depot
SELECT a.number FROM aid a JOIN place p ON p.id = a.place_id
WHERE (a.status = 'in_use' AND p.kind = 'depot')
OR (a.status = 'in_depot' AND p.kind <> 'depot')

-- :in transport, in repair or being cleaned is work in progress
SELECT a.number FROM aid a
WHERE a.holder_id IS NOT NULL
AND a.status IN ('in_transport', 'in_repair', 'in_cleaning')
AND NOT EXISTS (
  SELECT 1 FROM request_line l JOIN request q ON q.id = l.request_id
  WHERE l.aid_id = a.id AND 'in_progress' IN (q.state, q.held_state)
  AND CASE a.status
    WHEN 'in_cleaning' THEN q.kind = 'cleaning'
    WHEN 'in_repair' THEN q.kind IN ('repair', 'adaptation') AND q.workshop
    ELSE q.kind IN ('move', 'from_depot', 'to_depot', 'pick_up') END)

-- :work in progress shows in the aid's status
SELECT q.number FROM request q JOIN request_line l ON l.request_id = q.id
JOIN aid a ON a.id = l.aid_id
WHERE q.state = 'in_progress'
AND a.status <> CASE
  WHEN q.kind IN ('move', 'from_depot', 'to_depot', 'pick_up')
    THEN 'in_transport'
  WHEN q.kind = 'cleaning' THEN 'in_cleaning'
  WHEN q.workshop THEN 'in_repair'
  ELSE a.status END

-- :an aid has at most one request under way
SELECT l.aid_id FROM request_line l JOIN request q ON q.id = l.request_id
WHERE l.aid_id IS NOT NULL
AND q.state NOT IN ('done', 'rejected', 'withdrawn', 'cancelled')
GROUP BY l.aid_id HAVING COUNT(*) > 1

-- :what is under way is about an aid of the customer, where it stands
SELECT q.number FROM request q JOIN request_line l ON l.request_id = q.id
JOIN aid a ON a.id = l.aid_id
WHERE q.state NOT IN ('done', 'rejected', 'withdrawn', 'cancelled')
AND (a.holder_id <> q.organisation_id OR a.place_id <> q.place_id)

-- :requests about an aid do not overlap
SELECT q.number FROM request_line l JOIN request q ON q.id = l.request_id
JOIN request_line m ON m.aid_id = l.aid_id AND m.request_id > l.request_id
JOIN request r ON r.id = m.request_id
WHERE r.created_at < q.changed_at

-- :a line is of its request's organisation, state and days
SELECT q.number FROM request q JOIN request_line l ON l.request_id = q.id
WHERE l.organisation_id <> q.organisation_id OR l.state <> q.state
OR NOT l.planned_on <=> q.planned_on OR NOT l.done_on <=> q.done_on

-- :a line carries what lists ask of its request, aid and place
SELECT q.number FROM request q JOIN request_line l ON l.request_id = q.id
JOIN place p ON p.id = l.place_id JOIN place o ON o.id = l.location_id
LEFT JOIN aid a ON a.id = l.aid_id
WHERE l.asked_at <> q.created_at OR l.kind <> q.kind
OR l.requester_id <> q.requester_id OR NOT l.approver_id <=> q.approver_id
OR l.place_id <> q.place_id OR l.location_id <> q.location_id
OR l.place_name <> p.name OR l.location_name <> o.name
OR NOT l.aid_number <=> a.number OR l.type_name <> a.type_name
OR l.category_nl <> a.category_nl OR l.subcategory_en <> a.subcategory_en

-- :every request has one line, of an aid or a product
SELECT q.number FROM request q LEFT JOIN request_line l ON l.request_id = q.id
GROUP BY q.id
HAVING COUNT(l.id) <> 1 OR SUM((l.aid_id IS NULL) = (l.product_id IS NULL))

-- :a request's places, client and branch are its organisation's
SELECT q.number FROM request q
JOIN organisation o ON o.id = q.organisation_id
JOIN place l ON l.id = q.location_id
JOIN place p ON p.id = q.place_id
LEFT JOIN place t ON t.id = q.to_place_id
LEFT JOIN client c ON c.id = q.client_id
WHERE q.branch_id <> o.branch_id OR l.kind <> 'location'
OR l.organisation_id <> o.id OR p.organisation_id <> o.id
OR t.organisation_id <> o.id OR c.organisation_id <> o.id

-- :who asked is of the organisation, or the supplier's
SELECT q.number FROM request q
WHERE NOT EXISTS (
  SELECT 1 FROM membership m
  WHERE m.account_id = q.requester_id AND m.portal = q.portal
  AND (m.portal = 'supplier' OR m.organisation_id = q.organisation_id))

-- :who asked had the place
SELECT q.number FROM request q
JOIN membership m ON m.account_id = q.requester_id
  AND m.organisation_id = q.organisation_id AND m.portal = 'institution'
WHERE q.portal = 'institution' AND NOT m.all_places
AND NOT EXISTS (
  SELECT 1 FROM membership_place t JOIN place p ON p.id = t.place_id
  WHERE t.membership_id = m.id
  AND t.place_id IN (q.place_id, q.to_place_id, q.location_id))

-- :approval is asked of whom the membership names
SELECT q.number FROM request q
JOIN membership m ON m.account_id = q.requester_id
  AND m.organisation_id = q.organisation_id AND m.portal = 'institution'
LEFT JOIN service_authoriser s ON s.membership_id = m.id AND s.kind = q.kind
WHERE q.portal = 'institution' AND NOT s.authoriser_id <=> q.approver_id

-- :an approval stands beside the request that has an approver
SELECT q.number FROM request q
LEFT JOIN approval a ON a.subject_kind = 'request' AND a.subject_id = q.id
WHERE (q.approver_id IS NULL) <> (a.id IS NULL)
OR (q.state = 'awaiting_approval') <> (a.id IS NOT NULL AND a.verdict IS NULL)
OR a.approver_id <> q.approver_id OR a.organisation_id <> q.organisation_id

-- :what is under Wlz names who signs
SELECT number FROM request WHERE (law <=> 'wlz') AND signer_id IS NULL

-- :events lead from state to state
SELECT e.subject_id FROM event e
LEFT JOIN event f ON f.subject_id = e.subject_id AND f.id = e.id - 1
WHERE e.from_state <> COALESCE(f.to_state, 'draft') OR f.at > e.at

-- :the last event is where the request is
SELECT q.number FROM request q
JOIN (SELECT subject_id, MAX(id) AS last, COUNT(*) AS steps FROM event
  WHERE subject_kind = 'request' GROUP BY subject_id) x ON x.subject_id = q.id
JOIN event e ON e.id = x.last
WHERE e.to_state <> q.state OR e.at <> q.changed_at OR x.steps <> q.version

-- :every request began with an event
SELECT number FROM request q
WHERE NOT EXISTS (SELECT 1 FROM event e
  WHERE e.subject_kind = 'request' AND e.subject_id = q.id
  AND e.name = 'submit' AND e.at = q.created_at)

-- :what is done says when and what
SELECT number FROM request
WHERE (state = 'done') <> (done_on IS NOT NULL)
OR (state = 'done') <> (work_done IS NOT NULL)
OR (state = 'done') <> (finding IS NOT NULL)
OR (state IN ('planned', 'in_progress') AND planned_on IS NULL)
OR (state = 'on_hold') <> (held_state IS NOT NULL)
OR (state = 'on_hold') <> (held_until IS NOT NULL)

-- :nothing happened today or later
SELECT number FROM request
WHERE changed_at >= @today OR done_on >= @today OR created_at > changed_at
UNION SELECT id FROM event WHERE at >= @today
UNION SELECT id FROM aid_event WHERE asked_on >= @today OR done_on >= @today
UNION SELECT id FROM account
  WHERE last_login_at >= @today OR created_at >= @today

-- :what is proposed is to come
SELECT number FROM request
WHERE state IN ('proposed', 'own_planned')
AND COALESCE(planned_on, wished_on) < @today

-- :nobody works in the weekend
SELECT number FROM request
WHERE WEEKDAY(planned_on) > 4 OR WEEKDAY(done_on) > 4 OR WEEKDAY(wished_on) > 4
UNION SELECT id FROM rental WHERE WEEKDAY(started_on) > 4
  OR WEEKDAY(collected_on) > 4

-- :numbers rise with time, without gaps
SELECT q.number FROM request q JOIN request r ON r.id = q.id + 1
WHERE r.created_at < q.created_at
OR RIGHT(r.number, 6) <> IF(LEFT(r.number, 4) = LEFT(q.number, 4),
  RIGHT(q.number, 6) + 1, 1)

-- :the counters are where the numbers are
SELECT x.year FROM (SELECT LEFT(number, 4) AS year, COUNT(*) AS count
  FROM request GROUP BY 1) x
LEFT JOIN counter c ON c.series = 'request' AND c.year = x.year
WHERE NOT c.value <=> x.count

-- :an aid's history is that of its requests
SELECT e.id FROM aid_event e JOIN request q ON q.id = e.request_id
WHERE e.organisation_id <> q.organisation_id OR NOT e.done_on <=> q.done_on
OR e.kind <> IF(q.kind = 'rental', 'delivery', q.kind)
OR e.actor_id <> q.requester_id
UNION SELECT l.id FROM request_line l
LEFT JOIN aid_event e ON e.request_id = l.request_id AND e.aid_id = l.aid_id
WHERE l.aid_id IS NOT NULL AND e.id IS NULL

-- :an aid's history begins when it was bought
SELECT e.id FROM aid_event e JOIN aid a ON a.id = e.aid_id
WHERE e.asked_on < a.bought_on

-- :a customer's history of a rented aid lies within its rentals
SELECT e.id FROM aid_event e JOIN aid a ON a.id = e.aid_id
WHERE a.owner_id IS NULL AND e.organisation_id IS NOT NULL
AND e.kind <> 'delivery'
AND NOT EXISTS (SELECT 1 FROM rental r
  WHERE r.aid_id = a.id AND r.organisation_id = e.organisation_id
  AND e.asked_on >= r.started_on
  AND e.asked_on <= COALESCE(r.collected_on, @today))

-- :an aid is rented to one at a time
SELECT r.aid_id FROM rental r JOIN rental s ON s.aid_id = r.aid_id
WHERE s.id > r.id AND s.started_on <= COALESCE(r.collected_on, @today)

-- :who rents an aid has it on the list
SELECT a.number FROM aid a
LEFT JOIN rental r ON r.aid_id = a.id AND r.collected_on IS NULL
WHERE a.owner_id IS NULL
AND (NOT a.holder_id <=> r.organisation_id OR NOT a.rent_from <=> r.started_on
  OR NOT a.day_cents <=> r.day_cents)

-- :only what is rented has a rental
SELECT r.id FROM rental r JOIN aid a ON a.id = r.aid_id
WHERE a.owner_id IS NOT NULL

-- :a rental's days follow each other
SELECT id FROM rental
WHERE ended_on < started_on OR collected_on < ended_on
OR signed_off_on < collected_on OR started_on >= @today
OR (collected_on IS NOT NULL AND ended_on IS NULL)

-- :a rental's client is the customer's
SELECT r.id FROM rental r JOIN client c ON c.id = r.client_id
WHERE c.organisation_id <> r.organisation_id

-- :inspections are due so many months after the last
SELECT a.number FROM aid a JOIN category c ON c.id = a.subcategory_id
WHERE a.holder_id IS NOT NULL
AND NOT a.inspection_due <=> IF(a.inspection_result = 'rejected', NULL,
  DATE_ADD(a.inspected_on, INTERVAL c.inspection_months MONTH))

-- :an aid's last inspection ended as its own row says
SELECT a.number FROM aid a JOIN inspection i ON i.aid_id = a.id
WHERE i.inspected_on = a.inspected_on AND i.id = (SELECT MAX(m.id)
  FROM inspection m WHERE m.aid_id = a.id)
AND NOT (i.result = a.inspection_result
  AND (i.result <> 'rejected' OR a.status = 'out_of_service'))
UNION SELECT number FROM aid
WHERE (inspected_on IS NULL) <> (inspection_result IS NULL)

-- :an inspection is an event of its aid, done on that day
SELECT i.number FROM inspection i JOIN aid_event e ON e.id = i.aid_event_id
WHERE e.kind <> 'inspection' OR e.aid_id <> i.aid_id
OR NOT e.done_on <=> i.inspected_on OR NOT e.request_id <=> i.request_id
OR NOT e.organisation_id <=> i.organisation_id

-- :a place ticked is one of the organisation
SELECT t.membership_id FROM membership_place t
JOIN membership m ON m.id = t.membership_id
JOIN place p ON p.id = t.place_id
WHERE NOT p.organisation_id <=> m.organisation_id

-- :an authoriser is of the organisation
SELECT s.membership_id FROM service_authoriser s
JOIN membership m ON m.id = s.membership_id
WHERE NOT EXISTS (SELECT 1 FROM membership n
  WHERE n.account_id = s.authoriser_id
  AND n.organisation_id = m.organisation_id
  AND n.role IN ('admin', '1', '3', '6', '7'))

-- :addresses are nobody's
SELECT email FROM account WHERE email NOT LIKE '%.example'
UNION SELECT email FROM branch WHERE email NOT LIKE '%.example'
UNION SELECT contact_email FROM request WHERE contact_email NOT LIKE '%.example'

-- :phone numbers are nobody's
SELECT phone FROM account WHERE phone NOT REGEXP '^0[56]0000[0-9]{4}$'
UNION SELECT contact_phone FROM request
  WHERE contact_phone NOT REGEXP '^0[56]0000[0-9]{4}$'

-- :codes of labels can stand in an address
SELECT number FROM aid WHERE label_code NOT REGEXP '^[A-Za-z0-9_-]{16}$'

-- :every text stands in both languages
SELECT category_id FROM category_text GROUP BY category_id
HAVING GROUP_CONCAT(lang ORDER BY lang) <> 'en,nl'
UNION SELECT product_id FROM product_text GROUP BY product_id
HAVING GROUP_CONCAT(lang ORDER BY lang) <> 'en,nl'

-- :a location change is asked by who may, of a location of the organisation
SELECT c.number FROM location_change c
LEFT JOIN place p ON p.id = c.place_id
LEFT JOIN membership m ON m.account_id = c.requester_id
  AND m.organisation_id = c.organisation_id AND m.role IN ('admin', '1')
WHERE m.id IS NULL OR c.kind <> 'add' AND (p.id IS NULL
  OR p.kind <> 'location' OR p.organisation_id <> c.organisation_id)
OR (c.state = 'asked') <> (c.answered_at IS NULL)
OR (c.state = 'declined') > (c.reason IS NOT NULL)

-- :a message is written after its request was asked for, by its own side
SELECT m.id FROM request_message m JOIN request q ON q.id = m.request_id
WHERE m.at < q.created_at OR m.at > @today + INTERVAL 1 DAY
OR m.organisation_id <> q.organisation_id
OR (m.side = 'customer' AND m.account_id <> q.requester_id)
OR NOT EXISTS (SELECT 1 FROM membership s WHERE s.account_id = m.account_id
  AND (s.portal = 'supplier') = (m.side = 'supplier'))

-- :a request knows when the last was written about it
SELECT q.id FROM request q
WHERE NOT q.message_at <=> (SELECT MAX(m.at) FROM request_message m
  WHERE m.request_id = q.id)
