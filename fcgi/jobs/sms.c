#include <stdio.h>
#include <string.h>

#include <curl/curl.h>

#include "../core/buffer.h"
#include "../core/format.h"
#include "../core/text.h"
#include "outbox.h"
#include "sms.h"

enum { CONNECT_SECONDS = 10, SEND_SECONDS = 30 };

const char *
sms_json(struct pool *p, const char *text)
{
	struct buffer *out = buffer_create(p);

	for (const unsigned char *s = (const unsigned char *)text; *s; s++) {
		if (*s == '"' || *s == '\\')
			buffer_printf(out, "\\%c", *s);
		else if (*s < ' ' || *s == 0x7f)
			buffer_printf(out, "\\u%04x", *s);
		else
			buffer_putc(out, (char)*s);
	}
	return out->data;
}

char *
sms_fill(struct pool *p, const char *text, const char *to, const char *words,
	const char *id, const char *(*escape)(struct pool *, const char *))
{
	const struct {
		const char *mark, *value;
	} marks[] = {{"{to}", to}, {"{text}", words}, {"{id}", id}};
	struct buffer *out = buffer_create(p);

	while (*text) {
		size_t i = 0;

		while (i < 3 && (!marks[i].value ||
					strncmp(text, marks[i].mark,
						strlen(marks[i].mark)) != 0))
			i++;
		if (i == 3) {
			buffer_putc(out, *text++);
			continue;
		}
		buffer_puts(out,
			escape ? escape(p, marks[i].value) : marks[i].value);
		text += strlen(marks[i].mark);
	}
	return out->data;
}

static const char *
url_escape(struct pool *p, const char *text)
{
	return text_urlencode(p, text);
}

static size_t
drop(char *bytes, size_t size, size_t count, void *arg)
{
	(void)bytes;
	(void)arg;
	return size * count;
}

/* One message on its way. */
struct sending {
	struct pool *pool;
	const struct config *config;
	struct db_row row;
	CURL *curl;
	struct curl_slist *headers;
};

static char *
fill(const struct sending *s, const char *text,
	const char *(*escape)(struct pool *, const char *))
{
	/* tel:+31612345678 */
	const char *to = format_tel(s->pool, db_str0(s->row, "recipient")) + 4;

	return sms_fill(s->pool, text, to, db_str0(s->row, "body_text"),
		db_str0(s->row, "message_id"), escape);
}

static void
set_body(struct sending *s)
{
	const char *body = s->config->sms.body;
	const char *header = s->config->sms.header;
	bool json = body && strchr("{[", body[strspn(body, " \t")]);

	if (header)
		s->headers = curl_slist_append(s->headers,
			sms_fill(s->pool, header, NULL, NULL,
				db_str0(s->row, "message_id"), NULL));
	if (!body)
		return;
	if (!header || strncasecmp(header, "Content-Type:", 13) != 0)
		s->headers = curl_slist_append(
			s->headers, json ? "Content-Type: application/json"
					 : "Content-Type: "
					   "application/x-www-form-urlencoded");
	curl_easy_setopt(s->curl, CURLOPT_COPYPOSTFIELDS,
		fill(s, body, json ? sms_json : url_escape));
}

static void
set_request(struct sending *s)
{
	const char *url = s->config->sms.url;

	curl_easy_setopt(s->curl, CURLOPT_URL, fill(s, url, url_escape));
	curl_easy_setopt(s->curl, CURLOPT_PROTOCOLS_STR,
		outbox_is_local(url) ? "http,https" : "https");
	curl_easy_setopt(s->curl, CURLOPT_NOSIGNAL, 1L);
	curl_easy_setopt(
		s->curl, CURLOPT_CONNECTTIMEOUT, (long)CONNECT_SECONDS);
	curl_easy_setopt(s->curl, CURLOPT_TIMEOUT, (long)SEND_SECONDS);
	curl_easy_setopt(s->curl, CURLOPT_WRITEFUNCTION, drop);
	set_body(s);
	curl_easy_setopt(s->curl, CURLOPT_CUSTOMREQUEST, s->config->sms.method);
	curl_easy_setopt(s->curl, CURLOPT_HTTPHEADER, s->headers);
}

static enum outbox_result
result_of(struct sending *s, CURLcode rc, const char **error)
{
	long code = 0;

	curl_easy_getinfo(s->curl, CURLINFO_RESPONSE_CODE, &code);
	if (rc == CURLE_OK && code >= 200 && code < 300)
		return OUTBOX_SENT;
	*error = rc ? curl_easy_strerror(rc)
		    : pool_printf(s->pool, "the gateway answered %ld", code);
	if (rc == CURLE_OK && (code == 400 || code == 410 || code == 422))
		return OUTBOX_NEVER;
	return OUTBOX_LATER;
}

static enum outbox_result
transfer(struct sending *s, const char **error)
{
	if (!s->config->sms.url) {
		*error = "no gateway in the configuration";
		return OUTBOX_NEVER;
	}
	s->curl = curl_easy_init();
	if (!s->curl) {
		*error = "out of memory";
		return OUTBOX_LATER;
	}
	set_request(s);
	return result_of(s, curl_easy_perform(s->curl), error);
}

enum rc
sms_send_one(struct db *db, const struct config *config, bool *tried)
{
	struct sending s = {.pool = pool_create(), .config = config};
	const char *error = NULL;
	bool claimed;
	enum rc rc = outbox_claim(db, s.pool, "sms", &s.row, tried, &claimed);

	if (!rc && claimed) {
		enum outbox_result result = transfer(&s, &error);

		rc = outbox_keep(db, s.pool, s.row, result, error);
	}
	curl_slist_free_all(s.headers);
	curl_easy_cleanup(s.curl);
	pool_destroy(s.pool);
	return rc;
}
