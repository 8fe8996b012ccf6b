-- Where a session goes on after the log-in: the address of a form for many
-- aids names each of them.
ALTER TABLE session MODIFY next_path VARCHAR(4000) NULL;
