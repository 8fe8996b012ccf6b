/* A form that was sent: its number, then its body. */
#include <stdlib.h>
#include <string.h>

#include "engine/form.h"
#include "fuzz.h"

static const char *const ids[] = {"repair", "send", "plan", "done", "hold",
	"correct", "other-date", "withdraw"};

static void
load(void)
{
	static struct pool *p;

	if (p)
		return;
	p = pool_create();
	MUST(!forms_load(p, ".", buffer_create(p)));
}

int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
	struct request *r = fuzz_request();
	struct form *f;
	enum rc rc;

	load();
	if (size == 0)
		return 0;
	r->body = fuzz_text(r->pool, bytes + 1, size - 1);
	r->body_len = size - 1;
	r->method = METHOD_POST;
	if (params_parse(r->pool, r->body, size - 1, &r->post))
		return 0;
	f = form_begin(r, ids[bytes[0] % (sizeof(ids) / sizeof(ids[0]))], "/x");
	rc = form_read(f);
	MUST(rc == RC_OK || rc == RC_INVALID);
	MUST((rc == RC_OK) == !(form_failed(f) || form_refreshed(f)));
	r->xml = xml_create(r->pool, "page");
	MUST(!form_write(f));
	fuzz_xml_is_whole(r);
	return 0;
}
