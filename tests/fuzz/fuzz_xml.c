/* Any bytes as a text and as an attribute of the page. */
#include <string.h>

#include "core/text.h"
#include "core/xml.h"
#include "fuzz.h"

int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
	struct request *r = fuzz_request();
	char *text = fuzz_text(r->pool, bytes, size);

	r->xml = xml_create(r->pool, "page");
	xml_open(r->xml, "item");
	xml_attr(r->xml, "name", text);
	xml_text(r->xml, text);
	xml_close(r->xml);
	xml_elem(r->xml, "value", text);
	fuzz_xml_is_whole(r);
	return 0;
}
