-- The newest requests of a kind.
ALTER TABLE request ADD KEY newest (organisation_id, kind, created_at);
