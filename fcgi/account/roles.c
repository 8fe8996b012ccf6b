#include <string.h>

#include "../access/access.h"
#include "../engine/page.h"
#include "account.h"

static bool
of_portal(const struct request *r, size_t role)
{
	return !strcmp(
		portal_ids[role_texts[role].portal], r->who->portal_name);
}

static void
write_columns(struct request *r)
{
	xml_open(r->xml, "columns");
	for (size_t i = 0; i < ROLE_COUNT; i++) {
		if (!of_portal(r, i))
			continue;
		xml_open(r->xml, "column");
		xml_attr(r->xml, "id", role_texts[i].id);
		if (!strcmp(role_texts[i].id, r->who->role))
			xml_attr(r->xml, "own", "yes");
		xml_close(r->xml);
	}
	xml_close(r->xml);
}

/* Rights that nobody of this portal has are of another one. */
static bool
is_granted(const struct request *r, const struct right_text *right)
{
	for (size_t i = 0; i < ROLE_COUNT; i++)
		if (right->granted[i] && of_portal(r, i))
			return true;
	return false;
}

static void
write_row(struct request *r, const struct right_text *right)
{
	xml_open(r->xml, "row");
	xml_attr(r->xml, "id", right->id);
	for (size_t i = 0; i < ROLE_COUNT; i++)
		if (of_portal(r, i))
			xml_elem(r->xml, "cell",
				right->granted[i] ? "yes" : "no");
	xml_close(r->xml);
}

enum rc
roles_page(struct request *r)
{
	page_begin(r, "roles");
	xml_open(r->xml, "matrix");
	xml_attr(r->xml, "id", "rights");
	xml_attr(r->xml, "portal", r->who->portal_name);
	write_columns(r);
	xml_open(r->xml, "rows");
	for (size_t i = 0; i < RIGHT_COUNT; i++)
		if (is_granted(r, &right_texts[i]))
			write_row(r, &right_texts[i]);
	xml_close(r->xml);
	xml_close(r->xml);
	return RC_OK;
}
