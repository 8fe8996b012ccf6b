/* A form with files: its boundary is x. */
#include <string.h>

#include "core/multipart.h"
#include "core/text.h"
#include "fuzz.h"

int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
	struct request *r = fuzz_request();

	r->boundary = "x";
	r->upload = fuzz_text(r->pool, bytes, size);
	r->upload_len = size;
	if (multipart_parse(r))
		return 0;
	MUST(r->post.count <= REQUEST_PARAMS_MAX);
	for (size_t i = 0; i < r->post.count; i++) {
		const struct param *p = &r->post.items[i];

		MUST(*p->name && text_clean(p->value, strlen(p->value)));
	}
	MUST(r->files.count <= REQUEST_FILES_MAX);
	for (size_t i = 0; i < r->files.count; i++) {
		const struct upload *f = &r->files.items[i];

		MUST(f->bytes >= r->upload &&
			f->bytes + f->len <= r->upload + size);
	}
	return 0;
}
