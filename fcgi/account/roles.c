#include <string.h>

#include "../access/access.h"
#include "../engine/page.h"
#include "account.h"

static bool
of_portal(size_t role, const char *portal)
{
	return !strcmp(portal_ids[role_texts[role].portal], portal);
}

static void
write_columns(struct request *r, const char *portal)
{
	bool own = !strcmp(portal, r->who->portal_name);

	xml_open(r->xml, "columns");
	for (size_t i = 0; i < ROLE_COUNT; i++) {
		if (!of_portal(i, portal))
			continue;
		xml_open(r->xml, "column");
		xml_attr(r->xml, "id", role_texts[i].id);
		if (own && !strcmp(role_texts[i].id, r->who->role))
			xml_attr(r->xml, "own", "yes");
		xml_close(r->xml);
	}
	xml_close(r->xml);
}

/* Rights that nobody of this portal has are of another one. */
static bool
is_granted(const struct right_text *right, const char *portal)
{
	for (size_t i = 0; i < ROLE_COUNT; i++)
		if (right->granted[i] && of_portal(i, portal))
			return true;
	return false;
}

static void
write_row(struct request *r, const struct right_text *right, const char *portal)
{
	xml_open(r->xml, "row");
	xml_attr(r->xml, "id", right->id);
	for (size_t i = 0; i < ROLE_COUNT; i++)
		if (of_portal(i, portal))
			xml_elem(r->xml, "cell",
				right->granted[i] ? "yes" : "no");
	xml_close(r->xml);
}

static void
write_matrix(struct request *r, const char *portal)
{
	xml_open(r->xml, "matrix");
	xml_attr(r->xml, "id", "rights");
	xml_attr(r->xml, "portal", portal);
	write_columns(r, portal);
	xml_open(r->xml, "rows");
	for (size_t i = 0; i < RIGHT_COUNT; i++)
		if (is_granted(&right_texts[i], portal))
			write_row(r, &right_texts[i], portal);
	xml_close(r->xml);
	xml_close(r->xml);
}

/* The staff gives the roles of the customers too. */
static void
write_all(struct request *r)
{
	static const enum db_portal portals[] = {
		DB_SUPPLIER, DB_INSTITUTION, DB_PROFESSIONAL};

	for (size_t i = 0; i < sizeof(portals) / sizeof(portals[0]); i++) {
		const char *portal = portal_ids[portals[i] - 1];

		xml_open(r->xml, "section");
		xml_attr(r->xml, "id",
			pool_printf(r->pool, "rights-%s", portal));
		write_matrix(r, portal);
		xml_close(r->xml);
	}
}

enum rc
roles_page(struct request *r)
{
	page_begin(r, "roles");
	if (r->who->portal == DB_SUPPLIER)
		write_all(r);
	else
		write_matrix(r, r->who->portal_name);
	return RC_OK;
}
