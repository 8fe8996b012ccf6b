/* A table that was uploaded. */
#include <string.h>

#include "core/csv.h"
#include "core/text.h"
#include "fuzz.h"

enum { MOST = 20 };

int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
	struct pool *p = fuzz_pool();
	const char *text = csv_decode(p, fuzz_text(p, bytes, size), size);
	struct csv csv;
	int line = 0;

	if (!text)
		return 0;
	MUST(text_clean(text, strlen(text)));
	if (csv_parse(p, text, MOST, &csv, &line)) {
		MUST(line > 0);
		return 0;
	}
	MUST(csv.count <= MOST);
	for (size_t i = 0; i < csv.count; i++) {
		MUST(csv.rows[i].count > 0 && csv.rows[i].line > 0);
		MUST(!i || csv.rows[i].line > csv.rows[i - 1].line);
		for (size_t k = 0; k < csv.rows[i].count; k++)
			MUST(text_clean(csv.rows[i].cells[k],
				strlen(csv.rows[i].cells[k])));
	}
	return 0;
}
