-- Of many aids in one request (X2) each line has the place where it stands,
-- and is seen by whoever has that place, and the request with it.

ALTER TABLE request
  ADD many BOOL NOT NULL DEFAULT FALSE COMMENT 'more than one line'
    AFTER to_place_id;

UPDATE request q
JOIN request_line n ON n.request_id = q.id AND n.position = 2
SET q.many = TRUE;
