-- Overviews at a million aids. What a list shows and sorts by stands in the
-- row itself: names are copied from product, category_text and place by the
-- statements that change an aid; whoever changes such a name changes it here
-- too. For each sort there is an index that begins with the holder.

ALTER TABLE aid
  ADD type_name VARCHAR(150) NOT NULL DEFAULT '' COMMENT 'make and type',
  ADD category_nl VARCHAR(80) NOT NULL DEFAULT '',
  ADD category_en VARCHAR(80) NOT NULL DEFAULT '',
  ADD subcategory_nl VARCHAR(80) NOT NULL DEFAULT '',
  ADD subcategory_en VARCHAR(80) NOT NULL DEFAULT '',
  ADD location_name VARCHAR(100) NULL COMMENT 'of location_id',
  ADD place_name VARCHAR(100) NOT NULL DEFAULT '' COMMENT 'of place_id',
  ADD listed_on DATE AS (IF(owner_id <=> holder_id, bought_on, rent_from))
    STORED COMMENT 'bought or rented, whichever it is';

UPDATE aid a
JOIN product d ON d.id = a.product_id
JOIN place p ON p.id = a.place_id
LEFT JOIN place l ON l.id = a.location_id
LEFT JOIN category_text cn ON cn.category_id = a.category_id AND cn.lang = 'nl'
LEFT JOIN category_text ce ON ce.category_id = a.category_id AND ce.lang = 'en'
LEFT JOIN category_text sn ON sn.category_id = a.subcategory_id
  AND sn.lang = 'nl'
LEFT JOIN category_text se ON se.category_id = a.subcategory_id
  AND se.lang = 'en'
SET a.type_name = CONCAT(d.make, ' ', d.type),
  a.place_name = p.name, a.location_name = l.name,
  a.category_nl = COALESCE(cn.name, ''),
  a.category_en = COALESCE(ce.name, cn.name, ''),
  a.subcategory_nl = COALESCE(sn.name, ''),
  a.subcategory_en = COALESCE(se.name, sn.name, '');

ALTER TABLE aid
  RENAME KEY holder_id_2 TO by_status,
  RENAME KEY holder_id_6 TO by_number,
  ADD KEY by_type (holder_id, type_name),
  ADD KEY by_category_nl (holder_id, category_nl),
  ADD KEY by_category_en (holder_id, category_en),
  ADD KEY by_subcategory_nl (holder_id, subcategory_nl),
  ADD KEY by_subcategory_en (holder_id, subcategory_en),
  ADD KEY by_location (holder_id, location_name),
  ADD KEY by_place (holder_id, place_name),
  ADD KEY by_date (holder_id, listed_on),
  ADD KEY by_inspection (holder_id, inspected_on),
  ADD KEY (holder_id, category_id);
