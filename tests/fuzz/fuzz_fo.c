/* XSL-FO, as a print stylesheet could have made it. */
#include <string.h>

#include <libxml/parser.h>

#include "engine/fo/fo.h"
#include "fuzz.h"

static struct fo *
load(void)
{
	static const struct fo_config config = {
		.brand = "conf/brand/zorgmiddelen-noord"};
	static struct fo *fo;

	if (!fo) {
		struct pool *p = pool_create();

		fo = fo_load(p, &config, buffer_create(p));
		MUST(fo);
	}
	return fo;
}

int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
	static const struct fo_info info = {
		.title = "Aanvraag", .lang = "nl", .created = 1795300000};
	struct fo *fo = load();
	struct pool *p = fuzz_pool();
	struct buffer *pdf = buffer_create(p);
	char error[300] = "";
	xmlDoc *doc = xmlReadMemory((const char *)bytes, (int)size, NULL, NULL,
		XML_PARSE_NONET | XML_PARSE_NOERROR | XML_PARSE_NOWARNING);

	if (!doc)
		return 0;
	if (fo_render(fo, p, doc, &info, pdf, error, sizeof(error)))
		MUST(*error && pdf->len == 0);
	else
		MUST(pdf->len > 5 && !memcmp(pdf->data, "%PDF-", 5));
	xmlFreeDoc(doc);
	return 0;
}
