/* A query, or the body of a form. */
#include <string.h>

#include "core/text.h"
#include "fuzz.h"

int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
	struct pool *p = fuzz_pool();
	struct params params;

	if (params_parse(p, fuzz_text(p, bytes, size), size, &params))
		return 0;
	MUST(params.count <= REQUEST_PARAMS_MAX);
	for (size_t i = 0; i < params.count; i++) {
		const struct param *item = &params.items[i];

		MUST(*item->name);
		MUST(text_valid(item->name, strlen(item->name)));
		MUST(text_valid(item->value, strlen(item->value)));
		MUST(params_get(&params, item->name));
	}
	return 0;
}
