-- Mail on its way out.

-- :mail_insert exec
-- scope: none, because it only adds; who is told is known to the caller
INSERT INTO outbox (message_id, kind, organisation_id, recipient,
  recipient_name, lang, subject, body_text, body_html, document_id, priority)
VALUES (:message_id, :kind, :organisation, :recipient, :recipient_name,
  :lang, LEFT(:subject, 200), :body_text, :body_html, :document, :priority)

-- :sms_insert exec
-- scope: none, because it only adds; who is told is known to the caller
INSERT INTO outbox (message_id, kind, channel, recipient, lang, subject,
  body_text, priority, expires_at)
VALUES (:message_id, :kind, 'sms', :recipient, :lang, '', :text, 1,
  UTC_TIMESTAMP() + INTERVAL :minutes MINUTE)
