-- 'Mijn acties' at five million lines. As in 010 what a list shows, sorts by
-- and filters on stands in the row itself, copied from the request, the aid
-- or product and the place when the line is made: an order that spans two
-- tables has no index. Whoever changes one of these changes it here too.

ALTER TABLE request RENAME KEY organisation_id TO by_state;

ALTER TABLE request_line
  ADD asked_at DATETIME NOT NULL DEFAULT UTC_TIMESTAMP()
    COMMENT 'created_at of the request',
  ADD kind ENUM('repair','move','from_depot','to_depot','pick_up','adaptation',
    'rental','delivery','inspection','cleaning') NULL,
  ADD location_id INT UNSIGNED NULL,
  ADD place_id INT UNSIGNED NULL,
  ADD requester_id INT UNSIGNED NULL,
  ADD approver_id INT UNSIGNED NULL,
  ADD aid_number INT UNSIGNED NULL,
  ADD type_name VARCHAR(150) NULL,
  ADD category_nl VARCHAR(80) NULL,
  ADD category_en VARCHAR(80) NULL,
  ADD subcategory_nl VARCHAR(80) NULL,
  ADD subcategory_en VARCHAR(80) NULL,
  ADD location_name VARCHAR(100) NOT NULL DEFAULT '',
  ADD place_name VARCHAR(100) NOT NULL DEFAULT '';

UPDATE request_line n
JOIN request q ON q.id = n.request_id
JOIN place p ON p.id = q.place_id
JOIN place l ON l.id = q.location_id
LEFT JOIN aid a ON a.id = n.aid_id
LEFT JOIN product d ON d.id = IFNULL(a.product_id, n.product_id)
LEFT JOIN category s ON s.id = d.category_id
LEFT JOIN category_text cn ON cn.category_id = COALESCE(s.parent_id, s.id)
  AND cn.lang = 'nl'
LEFT JOIN category_text ce ON ce.category_id = COALESCE(s.parent_id, s.id)
  AND ce.lang = 'en'
LEFT JOIN category_text sn ON sn.category_id = s.id AND sn.lang = 'nl'
LEFT JOIN category_text se ON se.category_id = s.id AND se.lang = 'en'
SET n.asked_at = q.created_at, n.kind = q.kind,
  n.location_id = q.location_id, n.place_id = q.place_id,
  n.requester_id = q.requester_id, n.approver_id = q.approver_id,
  n.aid_number = a.number, n.type_name = CONCAT(d.make, ' ', d.type),
  n.category_nl = cn.name, n.category_en = COALESCE(ce.name, cn.name),
  n.subcategory_nl = sn.name, n.subcategory_en = COALESCE(se.name, sn.name),
  n.location_name = l.name, n.place_name = p.name;

ALTER TABLE request_line
  MODIFY asked_at DATETIME NOT NULL COMMENT 'created_at of the request',
  MODIFY kind ENUM('repair','move','from_depot','to_depot','pick_up',
    'adaptation','rental','delivery','inspection','cleaning') NOT NULL,
  MODIFY location_id INT UNSIGNED NOT NULL,
  MODIFY place_id INT UNSIGNED NOT NULL,
  MODIFY requester_id INT UNSIGNED NOT NULL,
  MODIFY location_name VARCHAR(100) NOT NULL,
  MODIFY place_name VARCHAR(100) NOT NULL,
  RENAME KEY organisation_id TO of_aid,
  ADD KEY by_asked (organisation_id, asked_at),
  ADD KEY by_number (organisation_id, request_id),
  ADD KEY by_kind (organisation_id, kind),
  ADD KEY by_state (organisation_id, state),
  ADD KEY by_aid (organisation_id, aid_number),
  ADD KEY by_type (organisation_id, type_name),
  ADD KEY by_category_nl (organisation_id, category_nl),
  ADD KEY by_category_en (organisation_id, category_en),
  ADD KEY by_subcategory_nl (organisation_id, subcategory_nl),
  ADD KEY by_subcategory_en (organisation_id, subcategory_en),
  ADD KEY by_location (organisation_id, location_name),
  ADD KEY by_place (organisation_id, place_name),
  ADD KEY of_location (organisation_id, location_id, place_id),
  ADD FOREIGN KEY (location_id) REFERENCES place (id),
  ADD FOREIGN KEY (place_id) REFERENCES place (id),
  ADD FOREIGN KEY (requester_id) REFERENCES account (id),
  ADD FOREIGN KEY (approver_id) REFERENCES account (id);
