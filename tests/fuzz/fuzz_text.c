/* What is done with a text from a form, or on its way into one. */
#include <string.h>

#include "core/text.h"
#include "engine/form_check.h"
#include "fuzz.h"
#include "jobs/mail_header.h"
#include "rules/contact.h"

static void
encode(struct pool *p, const uint8_t *bytes, size_t size)
{
	size_t len = 0;
	char *text = text_base64url(p, bytes, size);
	unsigned char *again = text_base64url_decode(p, text, &len);

	MUST(again && len == size && !memcmp(again, bytes, size));
}

static void
round_trip(struct pool *p, const char *text)
{
	struct params params;
	char *query = pool_printf(p, "a=%s", text_urlencode(p, text));

	if (params_parse(p, query, strlen(query), &params))
		return;
	MUST(params.count == 1 && !strcmp(params.items[0].value, text));
}

static void
check_header(const char *line)
{
	for (const char *s = line; *s; s++)
		if (*s == '\r' || *s == '\n')
			MUST(s[1] == ' ' || s[1] == '\n');
}

int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
	struct pool *p = fuzz_pool();
	char *text = fuzz_text(p, bytes, size);
	size_t len = strlen(text), got = 0;
	char date[11];
	int64_t n;

	encode(p, bytes, size);
	(void)text_base64url_decode(p, text, &got);
	MUST(text_valid_until(text, len) <= len);
	MUST(text_valid(text, len) == (text_valid_until(text, len) == len));
	if (!text_valid(text, len))
		return 0;
	MUST(text_length(text) <= len);
	MUST(strlen(text_trim(p, text)) <= len);
	round_trip(p, text);
	if (text_int(text, &n))
		MUST(strspn(text, "-0123456789") == len);
	if (text_date(text, date))
		MUST(strlen(date) == 10);
	if (form_cents(text, &n))
		MUST(n >= 0);
	check_header(mail_header_text(p, text));
	check_header(mail_header_address(p, text, "a@example.org"));
	return 0;
}
