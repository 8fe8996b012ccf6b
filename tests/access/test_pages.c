/* The pages of one's own account, as XML: what they hold and never hold. */
#include <stdlib.h>
#include <string.h>

#include <libxml/xpath.h>

#include "access/session.h"
#include "account/account.h"
#include "engine/form.h"
#include "engine/options.h"
#include "engine/page.h"
#include "fixture.h"

#define EMAIL "m@lindenhof.example"

static int64_t account, membership;
static struct param fields[4];

static void
make_account(void)
{
	account = add_account(EMAIL);
	membership = add_membership(account, "2");
	add_factor(account, "new");
}

/* A form with these fields, name and value in turn, up to a NULL. */
static void
send(const char *name, ...)
{
	va_list args;
	size_t n = 0;

	browse();
	va_start(args, name);
	for (; name; name = va_arg(args, const char *))
		fields[n++] = (struct param){name, va_arg(args, const char *)};
	va_end(args);
	r->method = METHOD_POST;
	r->post = (struct params){n, fields};
}

static void
ask(const char *name, const char *text)
{
	browse();
	fields[0] = (struct param){name, text};
	r->get = (struct params){name ? 1 : 0, fields};
}

/* The string value of an XPath on the page, which is closed first. */
static const char *
found(const char *xpath)
{
	xmlXPathContext *context;
	xmlXPathObject *object;
	xmlChar *text;
	const char *copy;

	if (xml_depth(r->xml) > 0)
		page_end(r);
	context = xmlXPathNewContext(xml_doc(r->xml));
	object = xmlXPathEval((const xmlChar *)xpath, context);
	assert_non_null(object);
	text = xmlXPathCastToString(object);
	copy = pool_strdup(pool, (const char *)text);
	xmlFree(text);
	xmlXPathFreeObject(object);
	xmlXPathFreeContext(context);
	return copy;
}

static void
page_lacks(const char *secret)
{
	xmlChar *text;
	int len;

	xmlDocDumpMemory(xml_doc(r->xml), &text, &len);
	assert_null(strstr((const char *)text, secret));
	xmlFree(text);
}

static void
form_of_the_login(void **state)
{
	(void)state;
	ask("next", "/aids?status=in_use");
	assert_int_equal(login_page(r), RC_OK);
	assert_string_equal(found("/page/@id"), "login");
	assert_string_equal(found("count(/page/user)"), "0");
	assert_string_equal(found("count(//message)"), "0");
	assert_int_equal(strlen(found("/page/@csrf")), 86);
	assert_string_equal(
		found("//field[@name = 'next']/value"), "/aids?status=in_use");
	ask("next", "//evil.example");
	assert_int_equal(login_page(r), RC_OK);
	assert_string_equal(found("//field[@name = 'next']/value"), "");
}

static void
why_one_is_there(void **state)
{
	static const char *const after[][2] = {{"logout", "login.out"},
		{"ended", "session.ended"}, {"verify", "login.ended"},
		{"codes", "login.codes"}, {"kept", "session.kept"},
		{"<b>", ""}};

	(void)state;
	for (int i = 0; i < 6; i++) {
		ask("after", after[i][0]);
		assert_int_equal(login_page(r), RC_OK);
		assert_string_equal(found("//message/@id"), after[i][1]);
	}
}

static void
all_errors_at_once(void **state)
{
	(void)state;
	send("email", "  ", "password", "", NULL);
	assert_int_equal(login_post(r), RC_INVALID);
	assert_string_equal(found("//form/@errors"), "2");
	assert_string_equal(found("count(//error[@id = 'missing'])"), "2");

	send("email", " someone@x.example ", NULL);
	assert_int_equal(login_post(r), RC_INVALID);
	assert_string_equal(found("//form/@errors"), "1");
	assert_string_equal(
		found("//field[@name = 'email']/value"), "someone@x.example");
	assert_int_equal(count("SELECT COUNT(*) FROM login_guard"), 0);
}

static void
wrong_keeps_the_address(void **state)
{
	(void)state;
	make_account();
	send("email", "b@x.example", "password", "geheim-woord", "next",
		"/aids", NULL);
	assert_int_equal(login_post(r), RC_REFUSED);
	assert_int_equal(r->response.status, 422);
	assert_string_equal(found("//form/error/@id"), "login-wrong");
	assert_string_equal(
		found("//field[@name = 'email']/value"), "b@x.example");
	assert_string_equal(found("//field[@name = 'next']/value"), "/aids");
	page_lacks("geheim-woord");
}

static void
locked_says_until_when(void **state)
{
	(void)state;
	for (int i = 0; i < 10; i++) {
		send("email", EMAIL, "password", "x", NULL);
		assert_int_equal(login_post(r), RC_REFUSED);
	}
	send("email", EMAIL, "password", "x", NULL);
	assert_int_equal(login_post(r), RC_REFUSED);
	assert_int_equal(r->response.status, 429);
	assert_non_null(strstr(r->response.headers->data, "Retry-After: "));
	assert_string_equal(found("//form/error/@id"), "login-locked");
	assert_string_equal(found("//form/error/arg/@type"), "datetime");
	assert_int_equal(strlen(found("//form/error/arg")), 20);
}

static const char *
spaced(const char *code)
{
	return pool_printf(pool, " %.3s %s ", code, code + 3);
}

static void
through_both_steps(void **state)
{
	(void)state;
	make_account();
	send("email", EMAIL, "password", PASSWORD, "next", "/aids/204817",
		NULL);
	assert_int_equal(login_post(r), RC_OK);
	assert_string_equal(r->response.location, "/login/verify");
	ask(NULL, NULL);
	assert_int_equal(verify_page(r), RC_OK);
	assert_string_equal(found("/page/@id"), "verify");
	assert_string_equal(found("count(/page/user)"), "0");
	assert_string_equal(found("count(/page/menu/*)"), "0");
	send("code", "12 34 5a", NULL);
	assert_int_equal(verify_post(r), RC_INVALID);
	assert_string_equal(found("//field/error/@id"), "digits");
	page_lacks("12 34 5a");
	send("code", spaced(code_at(3)), NULL);
	assert_int_equal(verify_post(r), RC_REFUSED);
	assert_string_equal(found("//field/error/@id"), "wrong");
	send("code", spaced(code_at(0)), NULL);
	assert_int_equal(verify_post(r), RC_OK);
	assert_string_equal(r->response.location, "/aids/204817");

	ask("next", "/planning");
	assert_int_equal(login_page(r), RC_OK);
	assert_string_equal(r->response.location, "/planning");
	ask(NULL, NULL);
	assert_int_equal(verify_page(r), RC_OK);
	assert_string_equal(r->response.location, "/");
	send(NULL);
	assert_int_equal(logout_post(r), RC_OK);
	assert_string_equal(r->response.location, "/login?after=logout");
	ask(NULL, NULL);
	assert_null(r->who);
}

static void
second_step_alone(void **state)
{
	(void)state;
	ask(NULL, NULL);
	assert_int_equal(verify_page(r), RC_OK);
	assert_string_equal(r->response.location, "/login?after=verify");
	send("code", code_at(0), NULL);
	assert_int_equal(verify_post(r), RC_OK);
	assert_string_equal(r->response.location, "/login?after=verify");
}

static void
too_many_codes(void **state)
{
	const char *wrong = code_at(5);

	(void)state;
	make_account();
	send("email", EMAIL, "password", PASSWORD, NULL);
	assert_int_equal(login_post(r), RC_OK);
	for (int i = 0; i < 4; i++) {
		send("code", wrong, NULL);
		assert_int_equal(verify_post(r), RC_REFUSED);
	}
	send("code", wrong, NULL);
	assert_int_equal(verify_post(r), RC_OK);
	assert_string_equal(r->response.location, "/login?after=codes");
	ask(NULL, NULL);
	assert_null(r->who);
}

static void
sign_in(const char *role)
{
	account = add_account(EMAIL);
	membership = add_membership(account, role);
	assert_int_equal(session_begin(r, account, membership, SESSION_COMPLETE,
				 NULL, NULL),
		RC_OK);
	ask(NULL, NULL);
}

static int64_t
add_place(const char *kind, int64_t location, const char *name)
{
	return run("INSERT INTO place (organisation_id, location_id, kind, "
		   "name, street, city) VALUES (%d, NULLIF(%d, 0), '%s', "
		   "'%s', 'Kade 1', 'Noord')",
		(int)organisation, (int)location, kind, name);
}

static void
own_account(void **state)
{
	int64_t zee, wierde, duin;

	(void)state;
	zee = add_place("location", 0, "Zee");
	wierde = add_place("location", 0, "Wierde");
	run("UPDATE place SET location_id = id WHERE id IN (%d, %d)", (int)zee,
		(int)wierde);
	add_place("department", zee, "Strand");
	duin = add_place("department", zee, "Duin");
	add_place("department", wierde, "Kwelder");
	sign_in("2");
	run("INSERT INTO membership_place VALUES (%d, %d, FALSE), (%d, %d, "
	    "TRUE)",
		(int)membership, (int)duin, (int)membership, (int)wierde);
	assert_int_equal(account_page(r), RC_OK);
	assert_string_equal(found("//item[@name = 'role']"), "2");
	assert_string_equal(
		found("//item[@name = 'role']/@set"), "role.institution");
	assert_string_equal(
		found("//detail[@id = 'security']/item[@name = 'factor']"),
		"none");
	assert_string_equal(found("//device/@own"), "yes");
	assert_string_equal(found("count(//tree/place)"), "2");
	assert_string_equal(found("//tree/place[1]/@name"), "Wierde");
	assert_string_equal(found("//tree/place[1]/@whole"), "yes");
	assert_string_equal(found("//tree/place[1]/@note"), "Kade 1, Noord");
	assert_string_equal(found("//tree/place[1]/place/@name"), "Kwelder");
	assert_string_equal(found("//tree/place[2]/@name"), "Zee");
	assert_string_equal(found("count(//tree/place[2]/@whole)"), "0");
	assert_string_equal(found("count(//tree/place[2]/place)"), "1");
	assert_string_equal(found("//tree/place[2]/place/@name"), "Duin");
	assert_string_equal(found("count(//note)"), "1");
	assert_string_equal(found("//note/@href"), "/login/enrol");
}

static void
roles_with_the_own_one(void **state)
{
	(void)state;
	sign_in("7");
	assert_int_equal(roles_page(r), RC_OK);
	assert_string_equal(found("count(//column)"), "8");
	assert_string_equal(found("//column[@own = 'yes']/@id"), "7");
	assert_string_equal(found("count(//row[count(cell) != 8])"), "0");
	assert_string_equal(found("//row[@id = 'order.place']/cell[8]"), "yes");
	assert_string_equal(
		found("//row[@id = 'account.manage']/cell[8]"), "no");
	assert_string_equal(found("count(//row[@id = 'work.plan'])"), "0");
	assert_string_equal(found("count(//row[not(cell = 'yes')])"), "0");
}

static struct pool *forms;

static int
load_forms(void **state)
{
	(void)state;
	forms = pool_create();
	options_create(forms);
	return forms_load(forms, ".", buffer_create(forms));
}

static int
free_forms(void **state)
{
	(void)state;
	pool_destroy(forms);
	return 0;
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		FIXTURE_TEST(form_of_the_login),
		FIXTURE_TEST(why_one_is_there),
		FIXTURE_TEST(all_errors_at_once),
		FIXTURE_TEST(wrong_keeps_the_address),
		FIXTURE_TEST(locked_says_until_when),
		FIXTURE_TEST(through_both_steps),
		FIXTURE_TEST(second_step_alone),
		FIXTURE_TEST(too_many_codes),
		FIXTURE_TEST(own_account),
		FIXTURE_TEST(roles_with_the_own_one),
	};

	return cmocka_run_group_tests(tests, load_forms, free_forms);
}
