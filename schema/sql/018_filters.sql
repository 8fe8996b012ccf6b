-- Less work for the database at each page. A place that changed is seen by
-- its version; what waits for an account is counted in an index.

ALTER TABLE place
  ADD KEY places_mark (organisation_id, version);

ALTER TABLE request
  ADD KEY waiting (requester_id, state, organisation_id);
