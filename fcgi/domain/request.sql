-- Service requests: what all portals read and write of them.

-- The lines come from request_lines. Names of places: the location of the
-- request, where the aid is, and where it goes.
-- :request_get one
-- scope: o v l p t tl c r a y, because a request in scope names them
SELECT q.id, q.version, q.number, q.portal, q.kind, q.state, q.held_state,
  q.held_until, q.organisation_id, o.name AS organisation,
  q.branch_id, b.name AS branch, b.phone AS branch_phone,
  b.email AS branch_email, b.street AS branch_street,
  b.postcode AS branch_postcode, b.city AS branch_city,
  v.name AS advisor, v.phone AS advisor_phone, v.email AS advisor_email,
  q.location_id, l.name AS location,
  COALESCE(p.street, l.street) AS street,
  COALESCE(p.postcode, l.postcode) AS postcode,
  COALESCE(p.city, l.city) AS city,
  q.place_id, p.name AS place,
  q.to_place_id, t.name AS to_place, tl.name AS to_location,
  COALESCE(t.street, tl.street) AS to_street,
  COALESCE(t.postcode, tl.postcode) AS to_postcode,
  COALESCE(t.city, tl.city) AS to_city,
  COALESCE(t.kind = 'depot', FALSE) AS to_depot,
  q.client_id, c.name AS client, c.born AS client_born,
  c.room AS client_room,
  q.law, q.performer, q.reference,
  q.requester_id, r.name AS requester, r.phone AS requester_phone,
  r.email AS requester_email, r.lang AS requester_lang,
  q.signer_id, q.approver_id, a.name AS approver,
  q.state = 'awaiting_approval' AND EXISTS (SELECT 1 FROM approval y
    WHERE y.subject_kind = 'request' AND y.subject_id = q.id
    AND y.verdict IS NULL AND y.escalated_at IS NOT NULL) AS escalated,
  q.contact_name, q.contact_phone, q.contact_email,
  q.description, q.message, q.wished_on, q.planned_on, q.planned_part,
  q.mechanic, q.mechanic_id, q.workshop, q.finding, q.work_done, q.done_on, q.cost_cents,
  DATE_FORMAT(q.created_at, '%Y-%m-%dT%H:%i:%sZ') AS created_at,
  DATE_FORMAT(q.changed_at, '%Y-%m-%dT%H:%i:%sZ') AS changed_at
FROM request q
JOIN organisation o ON o.id = q.organisation_id
JOIN branch b ON b.id = q.branch_id
LEFT JOIN account v ON v.id = o.advisor_id
JOIN place l ON l.id = q.location_id
JOIN place p ON p.id = q.place_id
LEFT JOIN place t ON t.id = q.to_place_id
LEFT JOIN place tl ON tl.id = t.location_id
LEFT JOIN client c ON c.id = q.client_id
JOIN account r ON r.id = q.requester_id
LEFT JOIN account a ON a.id = q.approver_id
WHERE q.number = :number AND {scope:request q}

-- visible: the aid may be opened by this account. place, location: where it
-- stood when it was asked for.
-- :request_lines many
-- scope: a w i, because a line in scope names the aid, and that its owner
SELECT n.id, n.aid_id, n.state, a.number, a.label_code, d.make, d.type,
  ct.name AS category, a.serial, w.name AS owner,
  n.place_name AS place, n.location_name AS location,
  COALESCE({scope:aid a}, FALSE) AS visible,
  i.number AS certificate, i.result, i.next_on, i.remark,
  c.inspection_months, a.inspected_on, a.inspection_due,
  a.meter AS last_meter, a.meter_unit AS last_unit, a.meter_on,
  n.outcome, n.done_on, n.work_done, n.cause, n.meter, n.meter_unit,
  n.next_inspection, n.cost_cents
FROM request_line n
LEFT JOIN aid a ON a.id = n.aid_id
JOIN product d ON d.id = COALESCE(a.product_id, n.product_id)
JOIN category c ON c.id = d.category_id
LEFT JOIN inspection i ON i.request_id = n.request_id AND i.aid_id = n.aid_id
LEFT JOIN category_text ct ON ct.category_id = d.category_id
  AND ct.lang = :lang
LEFT JOIN organisation w ON w.id = a.owner_id
WHERE n.request_id = :request AND {scope:request_line n}
ORDER BY n.position

-- :request_parts many
SELECT p.line_id, p.name, p.article, p.quantity
FROM request_part p
WHERE p.request_id = :request AND {scope:request_line p}
ORDER BY p.line_id, p.position

-- :request_events many
-- scope: c, because an event in scope names who did it
SELECT e.name, e.from_state, e.to_state, c.name AS actor,
  DATE_FORMAT(e.at, '%Y-%m-%dT%H:%i:%sZ') AS at, e.day, e.part, e.reason,
  e.field, e.old_value, e.new_value
FROM event e
LEFT JOIN account c ON c.id = e.actor_id
WHERE e.subject_kind = 'request' AND e.subject_id = :request
AND {scope:event e}
ORDER BY e.id

-- Who must authorise this kind of service for the account; no row: nobody.
-- :request_authoriser one
-- scope: s, because it hangs on a membership in scope
SELECT s.authoriser_id
FROM service_authoriser s
JOIN membership m ON m.id = s.membership_id
WHERE m.id = :membership AND s.kind = :kind AND {scope:membership m}

-- The next number of a series and year, as the insert id. The row stays
-- locked to the end of the transaction.
-- :request_number exec
INSERT INTO counter (series, year, value)
VALUES ('request', :year, LAST_INSERT_ID(1))
ON DUPLICATE KEY UPDATE value = LAST_INSERT_ID(value + 1)

-- A place of the organisation or a depot, that is open; which organisation and
-- location.
-- :request_place one
SELECT p.id, p.organisation_id, COALESCE(p.location_id,
  IF(p.kind = 'location', p.id, NULL)) AS location_id
FROM place p
WHERE p.id = :place AND p.active AND {scope:place p}

-- Adds nothing where the organisation isn't the account's.
-- :request_insert exec
-- scope: request, because it is made for an organisation in scope
INSERT INTO request (number, portal, kind, state, organisation_id, branch_id,
  location_id, place_id, to_place_id, many, client_id, law, performer,
  reference, requester_id, approver_id, signer_id, contact_name, contact_phone,
  contact_email, description, message, wished_on)
SELECT :number, :portal, :kind, :state, o.id, o.branch_id,
  :location, :place, :to_place, :many, :client, :law, :performer, :reference,
  :requester, :approver, :signer, :contact_name, :contact_phone,
  :contact_email, :description, :message, :wished_on
FROM organisation o
WHERE o.id = :organisation AND {scope:organisation o}

-- What lists show of it is copied (039); of many aids each has its own place,
-- but in a depot of the supplier's.
-- :request_line_insert exec
-- scope: none, because request_submit() read the aid in scope and made the request
INSERT INTO request_line (request_id, position, organisation_id, aid_id,
  state, wished_on, asked_at, kind, location_id, place_id, requester_id,
  approver_id, aid_number, type_name, category_nl, category_en,
  subcategory_nl, subcategory_en, location_name, place_name)
SELECT q.id, :position, q.organisation_id, a.id, q.state, q.wished_on,
  q.created_at, q.kind, l.id, p.id, q.requester_id, q.approver_id, a.number,
  a.type_name, a.category_nl, a.category_en, a.subcategory_nl,
  a.subcategory_en, l.name, p.name
FROM request q
JOIN aid a ON a.id = :aid
LEFT JOIN place h ON h.id = a.place_id AND q.many
  AND h.organisation_id = q.organisation_id
JOIN place p ON p.id = COALESCE(h.id, q.place_id)
JOIN place l ON l.id = COALESCE(h.location_id, q.location_id)
WHERE q.id = :request

-- :request_approval_insert exec
-- scope: none, because request_submit() made the request it belongs to
INSERT INTO approval (subject_kind, subject_id, organisation_id, approver_id,
  on_behalf_id)
VALUES ('request', :request, :organisation, :approver, :on_behalf)

-- :request_approval_answer exec
UPDATE approval a
SET a.verdict = :verdict, a.reason = :reason,
  a.answered_at = UTC_TIMESTAMP()
WHERE a.subject_kind = 'request' AND a.subject_id = :request
AND a.verdict IS NULL AND {scope:approval a}

-- :request_event_insert exec
-- scope: none, because the request was read or made in scope before
INSERT INTO event (subject_kind, subject_id, organisation_id, name,
  from_state, to_state, actor_id, day, part, reason, field, old_value,
  new_value)
VALUES ('request', :request, :organisation, :name, :from_state, :to_state,
  :actor, :day, :part, :reason, :field, :old_value, :new_value)

-- Changes no row where somebody else was first.
-- :request_update exec
UPDATE request q
SET q.state = :state, q.held_state = :held_state, q.held_until = :held_until,
  q.wished_on = :wished_on, q.planned_on = :planned_on,
  q.planned_part = :planned_part, q.mechanic = :mechanic,
  q.mechanic_id = :mechanic_id,
  q.workshop = :workshop, q.finding = :finding, q.work_done = :work_done,
  q.done_on = :done_on, q.cost_cents = :cost_cents,
  q.reference = :reference, q.contact_name = :contact_name,
  q.contact_phone = :contact_phone, q.contact_email = :contact_email,
  q.description = :description, q.message = :message,
  q.changed_at = UTC_TIMESTAMP(), q.version = q.version + 1
WHERE q.id = :id AND q.version = :version AND {scope:request q}

-- What is done of it stays so. kept: so does what could not be done, while the
-- rest is on hold and goes on.
-- :request_lines_update exec
UPDATE request_line n
SET n.state = :state, n.wished_on = :wished_on, n.planned_on = :planned_on,
  n.done_on = :done_on
WHERE n.request_id = :request AND n.state <> 'done'
AND NOT (:kept AND n.state = 'accepted' AND n.outcome <=> 'could_not')
AND {scope:request_line n}

-- Another day is wished for, and nothing else changes.
-- :request_lines_wish exec
UPDATE request_line n
SET n.wished_on = :wished_on
WHERE n.request_id = :request AND {scope:request_line n}

-- :request_line_report exec
UPDATE request_line n
SET n.state = :state, n.outcome = :outcome, n.cause = :cause,
  n.work_done = :work_done, n.meter = :meter, n.meter_unit = :unit,
  n.next_inspection = :next, n.cost_cents = :cost, n.done_on = :day
WHERE n.id = :line AND n.request_id = :request AND n.state <> 'done'
AND {scope:request_line n}

-- :request_part_insert exec
-- scope: none, because it belongs to a line that was written in scope
INSERT INTO request_part (request_id, line_id, organisation_id, position,
  name, article, quantity)
VALUES (:request, :line, :organisation, :position, :name, :article, :quantity)

-- The one who is told: a requester, authoriser or professional.
-- :request_told one
-- scope: none, because the id is that of a person of a request in scope
SELECT c.email, c.name, c.lang
FROM account c
WHERE c.id = :account AND c.email IS NOT NULL AND c.state = 'active'
