-- What a location's aids are looked for by, in the order of the first page and
-- with all that counting asks; and names for indexes that lists name.

ALTER TABLE aid
  ADD KEY at_category_nl
    (holder_id, location_id, category_nl, id, status, home_place_id),
  ADD KEY at_category_en
    (holder_id, location_id, category_en, id, status, home_place_id),
  RENAME KEY holder_id TO of_category,
  RENAME KEY holder_id_3 TO of_subcategory,
  RENAME KEY holder_id_4 TO of_product,
  RENAME KEY holder_id_5 TO of_rent;
