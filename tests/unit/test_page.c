/* The page around a body: what stands in it, in which order. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "access/access.h"
#include "db/db.h"
#include "engine/page.h"

static struct pool *pool;
static struct config config;
static struct identity who;
static struct request r;

static int
begin(void **state)
{
	(void)state;
	pool = pool_create();
	config = (struct config){
		.key_count = 1, .keys[0] = {.name = "csrf", .id = "1"}};
	config.brand.name = "Zorgmiddelen Noord";
	config.brand.phone = "0500001200";
	who = (struct identity){.name = "J. <Smit>",
		.email = "rol2@lindenhof.example",
		.portal = DB_INSTITUTION,
		.portal_name = "institution",
		.role = "2",
		.organisation_name = "Lindenhof",
		.complete = true};
	r = (struct request){.pool = pool,
		.config = &config,
		/* Out of reach: the page comes without what waits. */
		.db = db_create(&(struct db_config){
			.socket = "/nonexistent", .name = "x", .user = "x"}),
		.id = "0123456789abcdef",
		.path = "/aids/204817",
		.lang = "nl",
		.who = &who};
	return 0;
}

static int
end(void **state)
{
	(void)state;
	db_destroy(r.db);
	pool_destroy(pool);
	return 0;
}

/* The names of the children of <page>, with spaces between. */
static const char *
order(void)
{
	xmlNode *node = xmlDocGetRootElement(xml_doc(r.xml))->children;
	struct buffer *names = buffer_create(pool);

	for (; node; node = node->next)
		buffer_printf(names, "%s ", (const char *)node->name);
	return names->data;
}

static const char *
written(void)
{
	xmlChar *text;
	const char *copy;
	int len;

	xmlDocDumpMemoryEnc(xml_doc(r.xml), &text, &len, "UTF-8");
	copy = pool_strdup(pool, (const char *)text);
	xmlFree(text);
	return copy;
}

static void
has(const char *part)
{
	if (!strstr(written(), part))
		fail_msg("no %s in %s", part, written());
}

static void
test_order(void **state)
{
	(void)state;
	page_message(&r, "ok", "request.sent", "2026-000123", "x", NULL);
	page_begin(&r, "aid");
	page_crumb(&r, "aids", "/aids", NULL);
	page_crumb(&r, NULL, NULL, "204817");
	page_title(&r, "Tillo 200 & more");
	page_badge(&r, "aid.status", "in_use");
	page_intro(&r, "code", NULL, "204817");
	page_intro(&r, NULL, NULL, "Havenzicht");
	xml_elem(r.xml, "aid", "left open");
	xml_open(r.xml, "open");
	page_end(&r);
	assert_string_equal(order(),
		"title intro brand user menu messages crumbs search foot "
		"body ");
	has("<page id=\"aid\" portal=\"institution\" lang=\"nl\" "
	    "path=\"/aids/204817\" status=\"200\" "
	    "request=\"0123456789abcdef\" csrf=\"");
	has("<title set=\"aid.status\" state=\"in_use\">Tillo 200 &amp; more"
	    "</title><intro><arg type=\"code\">204817</arg>"
	    "<arg>Havenzicht</arg></intro>");
	has("<user name=\"J. &lt;Smit&gt;\" organisation=\"Lindenhof\" "
	    "role=\"2\" email=\"rol2@lindenhof.example\" key=\"");
	has("<item id=\"aids\" href=\"/aids\" icon=\"bed\" current=\"yes\"/>");
	has("<messages><message kind=\"ok\" id=\"request.sent\">"
	    "<arg>2026-000123</arg><arg>x</arg></message></messages>");
	has("<crumbs><crumb id=\"aids\" href=\"/aids\"/>"
	    "<crumb>204817</crumb></crumbs>");
	has("<body><aid>left open</aid><open/></body></page>");
}

static void
test_public(void **state)
{
	(void)state;
	r.who = NULL;
	page_begin(&r, "login");
	page_end(&r);
	assert_string_equal(order(), "brand body ");
	has("portal=\"public\"");
	has(" csrf=\"");
	has("phone=\"0500001200\" tel=\"tel:+31500001200\"");
	assert_non_null(strstr(r.response.headers->data, "Set-Cookie"));
}

/* Half a session is nobody yet. */
static void
test_half(void **state)
{
	(void)state;
	who.complete = false;
	page_begin(&r, "verify");
	page_end(&r);
	assert_string_equal(order(), "brand body ");
	has("portal=\"public\"");
}

static void
test_again(void **state)
{
	(void)state;
	page_begin(&r, "aid");
	page_title(&r, "old");
	page_crumb(&r, "aids", "/aids", NULL);
	xml_elem(r.xml, "old", NULL);
	page_begin(&r, "other");
	xml_elem(r.xml, "new", NULL);
	page_end(&r);
	assert_string_equal(order(), "brand user menu search foot body ");
	has("<page id=\"other\"");
	has("<body><new/></body>");
}

static void
test_error(void **state)
{
	(void)state;
	page_begin(&r, "aid");
	page_message(&r, "bad", "kept", NULL);
	page_crumb(&r, "aids", "/aids", NULL);
	request_header(&r, "X-Kept", "1");
	r.response.filename = "gone.pdf";
	r.response.location = "/gone";
	page_error(&r, 409);
	assert_int_equal(r.response.status, 409);
	assert_null(r.response.filename);
	assert_null(r.response.location);
	assert_non_null(strstr(r.response.headers->data, "X-Kept"));
	assert_string_equal(
		order(), "brand user menu messages search foot body ");
	has("status=\"409\"");
	has("<body><error status=\"409\" request=\"0123456789abcdef\"/>"
	    "</body>");
	has("id=\"kept\"");
}

/* For somebody unknown, as nginx shows it: no token, no cookie. */
static void
test_static_error(void **state)
{
	(void)state;
	r.who = NULL;
	r.id[0] = '\0';
	page_error(&r, 502);
	assert_null(strstr(written(), "csrf"));
	assert_null(r.response.headers);
	has("<error status=\"502\"/>");
}

static void
test_form_key(void **state)
{
	const char *a = page_form_key(&r), *b = page_form_key(&r);

	(void)state;
	assert_int_equal(strlen(a), 32);
	assert_int_equal(strspn(a, "0123456789abcdef"), 32);
	assert_string_not_equal(a, b);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, begin, end)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_order),
		TEST(test_public),
		TEST(test_half),
		TEST(test_again),
		TEST(test_error),
		TEST(test_static_error),
		TEST(test_form_key),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
