/* What work does to an aid, and what can be asked for it, as tables. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "rules/aid_state.h"

static const struct {
	const char *kind;
	enum aid_moment moment;
	const char *status;
	bool in_depot, to_depot, workshop;
	const char *after;
	enum aid_place place;
} effects[] = {
	{"repair", AID_START, "in_use", false, false, false, "in_use", 0},
	{"repair", AID_START, "in_use", false, false, true, "in_repair", 0},
	{"repair", AID_DONE, "in_use", false, false, false, "in_use", 0},
	{"repair", AID_DONE, "in_repair", false, false, true, "in_use", 0},
	{"repair", AID_DONE, "in_repair", true, false, true, "in_depot", 0},
	{"repair", AID_DONE, "in_depot", true, false, false, "in_depot", 0},
	{"repair", AID_STOPPED, "in_repair", false, false, true, "in_use", 0},
	{"repair", AID_STOPPED, "in_transport", false, false, true,
		"in_transport", 0},
	{"adaptation", AID_START, "in_use", false, false, true, "in_repair", 0},
	{"move", AID_START, "in_use", false, false, false, "in_transport", 0},
	{"move", AID_DONE, "in_transport", false, false, false, "in_use",
		AID_GOES_TO},
	{"move", AID_STOPPED, "in_transport", false, false, false, "in_use", 0},
	{"from_depot", AID_START, "in_depot", true, false, false,
		"in_transport", 0},
	{"from_depot", AID_DONE, "in_transport", true, false, false, "in_use",
		AID_GOES_TO},
	{"from_depot", AID_STOPPED, "in_transport", true, false, false,
		"in_depot", 0},
	{"to_depot", AID_START, "in_use", false, true, false, "in_transport",
		0},
	{"to_depot", AID_DONE, "in_transport", false, true, false, "in_depot",
		AID_GOES_TO},
	{"to_depot", AID_DONE, "in_use", false, true, false, "in_depot",
		AID_GOES_TO},
	{"to_depot", AID_STOPPED, "in_transport", false, true, false, "in_use",
		0},
	{"pick_up", AID_START, "in_use", false, false, false, "in_transport",
		0},
	{"pick_up", AID_DONE, "in_transport", false, false, false,
		"in_cleaning", AID_TO_SUPPLIER},
	{"pick_up", AID_STOPPED, "in_transport", false, false, false, "in_use",
		0},
	{"delivery", AID_START, "in_depot", true, false, false, "in_transport",
		0},
	{"delivery", AID_DONE, "in_transport", true, false, false, "in_use",
		AID_GOES_TO},
	{"rental", AID_DONE, "in_transport", true, false, false, "in_use",
		AID_GOES_TO},
	{"cleaning", AID_START, "in_use", false, false, false, "in_cleaning",
		0},
	{"cleaning", AID_DONE, "in_cleaning", true, false, false, "in_depot",
		0},
	{"cleaning", AID_DONE, "in_cleaning", false, false, false, "in_use", 0},
	{"cleaning", AID_STOPPED, "in_cleaning", true, false, false,
		"in_cleaning", 0},
	{"cleaning", AID_STOPPED, "in_cleaning", false, false, false, "in_use",
		0},
	{"inspection", AID_START, "in_use", false, false, false, "in_use", 0},
	{"inspection", AID_DONE, "in_use", false, false, false, "in_use", 0},
};

static void
effects_by_the_table(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(effects) / sizeof(effects[0]); i++) {
		enum request_kind kind = request_kind_parse(effects[i].kind);
		struct aid_effect e = aid_effect(kind, effects[i].moment,
			aid_status_parse(effects[i].status),
			effects[i].in_depot, effects[i].to_depot,
			effects[i].workshop);

		assert_string_equal(
			aid_status_name(e.status), effects[i].after);
		assert_int_equal(e.place, effects[i].place);
	}
}

/*
 * All of it, per status in the order of enum aid_status: = as it was, t in
 * transport, c in cleaning, r in repair; R in use, or in the depot where it
 * stands; T the same of where it goes. workshop: w with, - without, ? either;
 * depot: d it stands in one, - not, ? either.
 */
static const struct {
	const char *kinds;
	enum aid_moment moment;
	char workshop, depot;
	const char *after;
} walked[] = {
	{"repair adaptation", AID_START, 'w', '?', "rrrrr=="},
	{"repair adaptation", AID_START, '-', '?', "======="},
	{"repair adaptation", AID_DONE, '?', '?', "====R=="},
	{"repair adaptation", AID_STOPPED, '?', '?', "====R=="},
	{"move from_depot to_depot delivery rental", AID_START, '?', '?',
		"ttttt=="},
	{"move from_depot to_depot delivery rental", AID_DONE, '?', '?',
		"TTTTT=="},
	{"move from_depot to_depot delivery rental", AID_STOPPED, '?', '?',
		"==R===="},
	{"pick_up", AID_START, '?', '?', "ttttt=="},
	{"pick_up", AID_DONE, '?', '?', "ccccc=="},
	{"pick_up", AID_STOPPED, '?', '?', "==R===="},
	{"cleaning", AID_START, '?', '?', "ccccc=="},
	{"cleaning", AID_DONE, '?', '?', "RRRRR=="},
	{"cleaning", AID_STOPPED, '?', 'd', "======="},
	{"cleaning", AID_STOPPED, '?', '-', "RRRRR=="},
	{"inspection", AID_START, '?', '?', "======="},
	{"inspection", AID_DONE, '?', '?', "======="},
	{"inspection", AID_STOPPED, '?', '?', "======="},
};

/* "move" among "from_depot move", not "depot". */
static bool
among(const char *names, const char *name)
{
	size_t len = strlen(name);

	for (const char *s = names; (s = strstr(s, name)); s += len)
		if ((s == names || s[-1] == ' ') && (s[len] == ' ' || !s[len]))
			return true;
	return false;
}

static enum aid_status
walked_to(char after, enum aid_status status, bool in_depot, bool to_depot)
{
	switch (after) {
	case 't':
		return AID_IN_TRANSPORT;
	case 'c':
		return AID_IN_CLEANING;
	case 'r':
		return AID_IN_REPAIR;
	case 'R':
		return in_depot ? AID_IN_DEPOT : AID_IN_USE;
	case 'T':
		return to_depot ? AID_IN_DEPOT : AID_IN_USE;
	default:
		return status;
	}
}

static const char *
walked_line(enum request_kind kind, int moment, bool workshop, bool in_depot)
{
	const char *found = NULL;

	for (size_t i = 0; i < sizeof(walked) / sizeof(walked[0]); i++) {
		if (!among(walked[i].kinds, request_kind_name(kind)) ||
			(int)walked[i].moment != moment ||
			walked[i].workshop == (workshop ? '-' : 'w') ||
			walked[i].depot == (in_depot ? '-' : 'd'))
			continue;
		assert_null(found);
		found = walked[i].after;
	}
	assert_non_null(found);
	return found;
}

static void
every_kind_moment_and_status(void **state)
{
	(void)state;
	for (int k = 0; k < KIND_COUNT; k++)
		for (int m = AID_START; m <= AID_STOPPED; m++)
			for (int s = 0; s < AID_STATUS_COUNT; s++)
				for (int bits = 0; bits < 8; bits++) {
					bool in = bits & 1, to = bits & 2;
					bool workshop = bits & 4;
					const char *after = walked_line(
						(enum request_kind)k, m,
						workshop, in);

					assert_int_equal(
						aid_effect((enum request_kind)k,
							(enum aid_moment)m,
							(enum aid_status)s, in,
							to, workshop)
							.status,
						walked_to(after[s],
							(enum aid_status)s, in,
							to));
				}
}

/* For all kinds, moments and statuses. */
static void
what_always_holds(void **state)
{
	(void)state;
	for (int k = 0; k < KIND_COUNT; k++)
		for (int m = AID_START; m <= AID_STOPPED; m++)
			for (int s = 0; s < AID_STATUS_COUNT; s++) {
				struct aid_effect e = aid_effect(
					(enum request_kind)k,
					(enum aid_moment)m, (enum aid_status)s,
					false, false, true);

				/* Only the end of work moves a thing. */
				if (m != AID_DONE)
					assert_int_equal(e.place, AID_STAYS);
				assert_int_equal(e.ends_rental,
					m == AID_DONE && k == KIND_PICK_UP);
				/* Work does not bring it back. */
				if (s == AID_OUT_OF_SERVICE ||
					s == AID_SCRAPPED)
					assert_int_equal(e.status, s);
			}
}

/* Per status: repair move from_depot to_depot pick_up; NULL is offered. */
static const struct {
	const char *status;
	bool rented, moving;
	const char *refused[5];
} services[] = {
	{"in_use", false, false, {NULL, NULL, "in_use", NULL, "owned"}},
	{"in_use", true, false, {NULL, NULL, "in_use", NULL, NULL}},
	{"in_use", true, true, {NULL, "moving", "in_use", "moving", "moving"}},
	{"in_depot", false, false,
		{NULL, "in_depot", NULL, "in_depot", "owned"}},
	{"in_depot", true, false, {NULL, "in_depot", NULL, "in_depot", NULL}},
	{"in_depot", true, true,
		{NULL, "in_depot", "moving", "in_depot", "moving"}},
	{"in_transport", true, true,
		{"in_transport", "in_transport", "in_transport", "in_transport",
			"in_transport"}},
	{"in_cleaning", true, false,
		{"in_cleaning", "in_cleaning", "in_cleaning", "in_cleaning",
			"in_cleaning"}},
	{"in_repair", true, false,
		{"in_repair", "in_repair", "in_repair", "in_repair",
			"in_repair"}},
	{"out_of_service", true, false,
		{"out_of_service", "out_of_service", "out_of_service",
			"out_of_service", "out_of_service"}},
	{"scrapped", false, false,
		{"scrapped", "scrapped", "scrapped", "scrapped", "owned"}},
};

static void
services_by_the_table(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(services) / sizeof(services[0]); i++) {
		struct aid_facts f = {
			.status = aid_status_parse(services[i].status),
			.rented = services[i].rented,
			.moving = services[i].moving,
		};

		for (int k = KIND_REPAIR; k <= KIND_PICK_UP; k++) {
			const char *got =
				aid_service_refused((enum request_kind)k, &f);
			const char *want = services[i].refused[k];

			if (want)
				assert_string_equal(got, want);
			else
				assert_null(got);
		}
		for (int k = KIND_PICK_UP + 1; k < KIND_COUNT; k++)
			if (k != KIND_INSPECTION)
				assert_string_equal(
					aid_service_refused(
						(enum request_kind)k, &f),
					"kind");
	}
}

/* Which statuses a service is for; the rest of the world is refused. */
static const struct {
	const char *kind, *statuses;
	bool for_rented, moves;
} offered[] = {
	{"repair", "in_use in_depot", false, false},
	{"move", "in_use", false, true},
	{"from_depot", "in_depot", false, true},
	{"to_depot", "in_use", false, true},
	{"pick_up", "in_use in_depot", true, true},
};

static void
check_offered(size_t i, enum aid_status status, bool rented, bool moving)
{
	const struct aid_facts f = {
		.status = status, .rented = rented, .moving = moving};
	const char *name = aid_status_name(status);
	const char *got =
		aid_service_refused(request_kind_parse(offered[i].kind), &f);
	const char *want = NULL;

	if (offered[i].for_rented && !rented)
		want = "owned";
	else if (!among(offered[i].statuses, name))
		want = name;
	else if (offered[i].moves && moving)
		want = "moving";
	if (want)
		assert_string_equal(got, want);
	else
		assert_null(got);
}

static void
every_service_and_status(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(offered) / sizeof(offered[0]); i++)
		for (int s = 0; s < AID_STATUS_COUNT; s++)
			for (int bits = 0; bits < 4; bits++)
				check_offered(i, (enum aid_status)s, bits & 1,
					bits & 2);
}

/* Where it stands, and once at a time. */
static void
an_inspection_is_asked_once(void **state)
{
	(void)state;
	for (int s = 0; s < AID_STATUS_COUNT; s++)
		for (int asked = 0; asked <= 1; asked++) {
			struct aid_facts f = {.status = (enum aid_status)s,
				.moving = true,
				.inspecting = asked};
			const char *refused =
				aid_service_refused(KIND_INSPECTION, &f);

			if (s != AID_IN_USE && s != AID_IN_DEPOT)
				assert_string_equal(refused,
					aid_status_name((enum aid_status)s));
			else if (asked)
				assert_string_equal(refused, "inspecting");
			else
				assert_null(refused);
		}
}

static void
names_there_and_back(void **state)
{
	(void)state;
	for (int s = 0; s < AID_STATUS_COUNT; s++)
		assert_int_equal(
			aid_status_parse(aid_status_name((enum aid_status)s)),
			s);
	assert_int_equal(aid_status_parse("nonsense"), AID_STATUS_COUNT);
	assert_int_equal(aid_status_parse(NULL), AID_STATUS_COUNT);
}

/* By hand: nothing to what was scrapped; not against a request. */
static void
by_hand(void **state)
{
	(void)state;
	for (int status = 0; status < AID_STATUS_COUNT; status++)
		for (int deed = 0; deed < AID_DEEDS; deed++)
			for (int bits = 0; bits < 4; bits++) {
				bool moving = bits & 1, asked = bits & 2;
				const char *want = NULL;
				const char *refused = aid_hand_refused(
					(enum aid_deed)deed,
					(enum aid_status)status, moving, asked);

				if (status == AID_SCRAPPED)
					want = "scrapped";
				else if (deed == AID_RELOCATE && moving)
					want = "moving";
				else if (deed == AID_SCRAP && asked)
					want = "asked";
				if (want)
					assert_string_equal(refused, want);
				else
					assert_null(refused);
			}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(by_hand),
		cmocka_unit_test(effects_by_the_table),
		cmocka_unit_test(every_kind_moment_and_status),
		cmocka_unit_test(what_always_holds),
		cmocka_unit_test(services_by_the_table),
		cmocka_unit_test(every_service_and_status),
		cmocka_unit_test(an_inspection_is_asked_once),
		cmocka_unit_test(names_there_and_back),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
