-- Documents: made once per version and language, drawn once.

-- :document_find one
SELECT d.id
FROM document d
WHERE d.subject_kind = :kind AND d.subject_id = :subject
AND d.version = :version AND d.lang = :lang AND {scope:document d}

-- :document_of_certificate one
-- scope: none, because the inspection that it is of was read in scope
SELECT d.id
FROM document d
WHERE d.subject_kind = 'certificate' AND d.subject_id = :inspection
AND d.version = 1 AND d.lang = :lang

-- Somebody may have been first: then this is theirs.
-- :document_insert exec
-- scope: none, because the subject was read in scope
INSERT INTO document (organisation_id, subject_kind, subject_id, version,
  lang, issued_at, name, title, xml)
VALUES (:organisation, :kind, :subject, :version, :lang, :issued, :name,
  :title, :xml)
ON DUPLICATE KEY UPDATE id = LAST_INSERT_ID(id)

-- :document_get one
-- scope: none, because the caller had the id from document_issue(), or mails it
SELECT d.subject_kind, d.subject_id, d.lang, d.name, d.title,
  UNIX_TIMESTAMP(d.issued_at) AS issued, d.xml, d.pdf
FROM document d
WHERE d.id = :id

-- The first bytes stay.
-- :document_keep exec
-- scope: none, because the bytes are drawn from the document's own XML
UPDATE document
SET pdf = :pdf, sha256 = UNHEX(SHA2(:pdf, 256))
WHERE id = :id AND pdf IS NULL
