#include <sodium.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

#include "../access/session.h"
#include "../core/format.h"
#include "../core/ical.h"
#include "../core/render.h"
#include "../core/text.h"
#include "../engine/detail.h"
#include "../engine/page.h"
#include "../rules/calendar.h"
#include "account.h"

enum {
	SECRET_BYTES = 32,
	SECRET_LENGTH = 43,
	HASH_BYTES = 32,
	BACK_DAYS = 30,
	PLANNING_DAYS = 366,
	INSPECTION_DAYS = 183
};

static void
hash_of(const char *secret, unsigned char hash[HASH_BYTES])
{
	crypto_hash_sha256(hash, (const unsigned char *)secret, strlen(secret));
}

/* The address, where it was made just now: this once. */
static enum rc
write_address(struct request *r)
{
	const unsigned char *secret;
	size_t len;
	enum rc rc = session_kept(r, "calendar", &secret, &len);

	if (rc)
		return rc == RC_NOTFOUND ? RC_OK : rc;
	xml_open(r->xml, "notes");
	note_open(r->xml, "calendar-address", "ok", "calendar-days", NULL);
	detail_arg(r->xml, NULL, NULL,
		pool_printf(r->pool, "%s/calendar/%s.ics", r->config->origin,
			(const char *)secret));
	xml_close(r->xml);
	xml_close(r->xml);
	return session_kept_forget(r);
}

static void
write_own(struct request *r, struct db_row row)
{
	detail_open(r->xml, "calendar");
	detail_item(r->xml, "made", "datetime", NULL, db_str(row, "made"));
	detail_item(r->xml, "used", "datetime", NULL, db_str(row, "used"));
	if (!db_str(row, "used"))
		detail_item(r->xml, "unused", "state", "calendar.used", "no");
	xml_close(r->xml);
}

static void
write_actions(struct request *r, bool made)
{
	xml_open(r->xml, "actions");
	xml_attr(r->xml, "id", "calendar");
	action_post(r->xml, made ? "calendar-renew" : "calendar-make",
		made ? "quiet" : "main", made ? "rotate-ccw" : "plus",
		"/account/calendar", page_form_key(r));
	if (made)
		action_post(r->xml, "calendar-revoke", "text", "ban",
			"/account/calendar/revoke", page_form_key(r));
	xml_close(r->xml);
}

enum rc
calendar_page(struct request *r)
{
	struct db_row own;
	enum rc rc = db_one(r->db, r->pool, SQL_CALENDAR_OWN, DB_NO_ARGS, &own);
	bool made = rc == RC_OK;

	if (rc == RC_FAIL)
		return rc;
	page_begin(r, "calendar");
	page_crumb(r, "account", "/account", NULL);
	page_crumb(r, "calendar", NULL, NULL);
	rc = write_address(r);
	if (made)
		write_own(r, own);
	xml_open(r->xml, "notes");
	note_open(r->xml, "calendar-what", "info", NULL, NULL);
	xml_close(r->xml);
	xml_close(r->xml);
	write_actions(r, made);
	return rc;
}

enum rc
calendar_make_post(struct request *r)
{
	unsigned char bytes[SECRET_BYTES], hash[HASH_BYTES];
	const char *secret;
	enum rc rc;

	randombytes_buf(bytes, sizeof(bytes));
	secret = text_base64url(r->pool, bytes, sizeof(bytes));
	hash_of(secret, hash);
	rc = db_exec(r->db, SQL_CALENDAR_MAKE,
		DB_ARGS(db_bytes("hash", hash, sizeof(hash))), NULL);
	if (!rc)
		rc = session_keep(r, "calendar", secret, strlen(secret));
	if (!rc)
		rc = audit_account(
			r, r->who->account, "create", "calendar", true);
	if (!rc)
		request_redirect(r, "/account/calendar");
	return rc;
}

enum rc
calendar_revoke_post(struct request *r)
{
	enum rc rc = db_exec(r->db, SQL_CALENDAR_REVOKE, DB_NO_ARGS, NULL);

	if (!rc)
		rc = audit_account(
			r, r->who->account, "delete", "calendar", true);
	if (!rc)
		rc = session_notice(r, "ok", "calendar.revoked", NULL);
	if (!rc)
		request_redirect(r, "/account/calendar");
	return rc;
}

/* The feed */

struct feed {
	struct request *r;
	struct words *words;
	enum lang lang;
	struct buffer *out;
	const char *host;
	const char *made;
};

static const char *
word(const struct feed *f, const char *id, size_t n, const char *const *args)
{
	return words_text(f->words, f->r->pool, f->lang, id, n, args);
}

/* 2026-11-22 to 20261122. */
static const char *
day_digits(struct pool *p, const char *day)
{
	return pool_printf(p, "%.4s%.2s%.2s", day, day + 5, day + 8);
}

static void
write_moment(struct feed *f, const char *name, int days, int hour)
{
	time_t at = calendar_at(days, hour);
	char text[20];
	struct tm tm;

	gmtime_r(&at, &tm);
	strftime(text, sizeof(text), "%Y%m%dT%H%M%SZ", &tm);
	ical_line(f->out, name, text);
}

/* A part of the day, or all of it. */
static void
write_when(struct feed *f, const char *day, const char *part)
{
	int days = calendar_days_of(day);
	char next[DATE_SIZE];

	if (part && strcmp(part, "day") != 0) {
		bool morning = !strcmp(part, "morning");

		write_moment(f, "DTSTART", days, morning ? 8 : 12);
		write_moment(f, "DTEND", days, morning ? 12 : 17);
		return;
	}
	calendar_date(days + 1, next);
	ical_line(f->out, "DTSTART;VALUE=DATE", day_digits(f->r->pool, day));
	ical_line(f->out, "DTEND;VALUE=DATE", day_digits(f->r->pool, next));
	ical_line(f->out, "TRANSP", "TRANSPARENT");
}

static const char *
subject_of(const struct feed *f, struct db_row row)
{
	struct pool *p = f->r->pool;
	const char *count = db_str0(row, "aids");

	if (db_num(row, "aids") != 1)
		return word(f, "calendar.aids", 1, &count);
	if (!db_str(row, "aid"))
		return word(f, "calendar.aid", 0, NULL);
	return pool_printf(p, "%s (%s)", db_str0(row, "type"),
		format_code(p, db_str0(row, "aid")));
}

static void
begin_event(struct feed *f, const char *uid, const char *stamp)
{
	ical_line(f->out, "BEGIN", "VEVENT");
	ical_line(
		f->out, "UID", pool_printf(f->r->pool, "%s@%s", uid, f->host));
	ical_line(f->out, "DTSTAMP", stamp);
}

static const char *
where(const struct feed *f, struct db_row row)
{
	struct pool *p = f->r->pool;
	const char *location = db_str0(row, "location");
	const char *place = db_str0(row, "place");
	const char *street = db_str(row, "street");
	const char *city = db_str(row, "city");
	const char *name = strcmp(location, place) != 0
				   ? pool_printf(p, "%s, %s", location, place)
				   : location;

	if (!street || !city)
		return name;
	return pool_printf(p, "%s, %s, %s", name, street, city);
}

static void
write_request(struct feed *f, struct db_row row)
{
	struct pool *p = f->r->pool;
	const char *number = db_str0(row, "number");
	const char *mechanic = db_str(row, "mechanic");
	const char *base = f->r->who->portal == DB_SUPPLIER
				   ? "/supplier/requests"
				   : "/requests";
	const char *args[3] = {format_code(p, number),
		word(f,
			pool_printf(
				p, "request.state.%s", db_str0(row, "state")),
			0, NULL),
		mechanic};

	begin_event(f, pool_printf(p, "request-%s", number),
		db_str0(row, "changed"));
	ical_line(f->out, "SEQUENCE", db_str0(row, "version"));
	write_when(f, db_str0(row, "day"), db_str(row, "part"));
	ical_text(f->out, "SUMMARY",
		pool_printf(p, "%s: %s",
			word(f,
				pool_printf(p, "request.kind.%s",
					db_str0(row, "kind")),
				0, NULL),
			subject_of(f, row)));
	ical_text(f->out, "LOCATION", where(f, row));
	ical_text(f->out, "DESCRIPTION",
		word(f, mechanic ? "calendar.about-by" : "calendar.about",
			mechanic ? 3 : 2, args));
	ical_line(f->out, "URL",
		pool_printf(p, "%s%s/%s", f->r->config->origin, base, number));
	ical_line(f->out, "END", "VEVENT");
}

static void
write_inspection(struct feed *f, struct db_row row)
{
	struct pool *p = f->r->pool;
	const char *day = db_str0(row, "day");
	const char *base = f->r->who->portal == DB_SUPPLIER
				   ? "/supplier/inspections"
				   : "/inspections";
	const char *changed = db_str(row, "changed");
	const char *subject = subject_of(f, row);

	begin_event(f,
		pool_printf(p, "inspection-%s-%lld", day_digits(p, day),
			(long long)db_num(row, "location_id")),
		changed ? changed : f->made);
	write_when(f, day, NULL);
	ical_text(
		f->out, "SUMMARY", word(f, "calendar.inspection", 1, &subject));
	if (db_str(row, "location"))
		ical_text(f->out, "LOCATION", db_str(row, "location"));
	ical_line(f->out, "URL",
		pool_printf(p, "%s%s?state=all&from=%s&until=%s",
			f->r->config->origin, base, day, day));
	ical_line(f->out, "END", "VEVENT");
}

static enum rc
write_rows(struct feed *f, enum sql sql, int ahead,
	void (*write)(struct feed *, struct db_row))
{
	char today[DATE_SIZE], from[DATE_SIZE], until[DATE_SIZE];
	struct db_rows rows;
	enum rc rc;

	text_today(today);
	text_date_add(today, -BACK_DAYS, from);
	text_date_add(today, ahead, until);
	rc = db_select(f->r->db, f->r->pool, sql,
		DB_ARGS(db_text("from", from), db_text("until", until)), &rows);
	for (size_t i = 0; !rc && i < rows.count; i++)
		write(f, db_row(&rows, i));
	return rc;
}

static enum rc
write_calendar(struct feed *f)
{
	struct request *r = f->r;
	enum rc rc = RC_OK;

	ical_line(f->out, "BEGIN", "VCALENDAR");
	ical_line(f->out, "VERSION", "2.0");
	ical_line(f->out, "PRODID", "-//Hulpbalie//Planning//NL");
	ical_line(f->out, "CALSCALE", "GREGORIAN");
	ical_line(f->out, "METHOD", "PUBLISH");
	ical_text(f->out, "X-WR-CALNAME",
		word(f, "calendar.name", 1, &r->config->brand.name));
	ical_line(f->out, "REFRESH-INTERVAL;VALUE=DURATION", "PT4H");
	ical_line(f->out, "X-PUBLISHED-TTL", "PT4H");
	if (access_may(r, RIGHT_REQUEST_VIEW))
		rc = write_rows(
			f, SQL_CALENDAR_PLANNING, PLANNING_DAYS, write_request);
	if (!rc && access_may(r, RIGHT_AID_VIEW))
		rc = write_rows(f, SQL_CALENDAR_INSPECTIONS, INSPECTION_DAYS,
			write_inspection);
	ical_line(f->out, "END", "VCALENDAR");
	return rc;
}

static enum rc
say_none(struct request *r)
{
	r->response.status = 404;
	r->response.type = "text/plain; charset=utf-8";
	r->response.body = buffer_create(r->pool);
	buffer_puts(r->response.body, "404\n");
	return RC_OK;
}

/* The part of the origin that names the host. */
static const char *
host_of(struct pool *p, const char *origin)
{
	const char *host = strstr(origin, "://");

	host = host ? host + 3 : origin;
	return pool_strndup(p, host, strcspn(host, ":/"));
}

/* It has this already: by its tag, or else by the time. */
static bool
has_it(const struct request *r, const char *tag, const char *time)
{
	if (*r->if_none_match)
		return strstr(r->if_none_match, tag) != NULL;
	return !strcmp(r->if_modified_since, time);
}

/* Since when it is as it is: now, where it was not so the last time. */
static enum rc
answer(struct feed *f, const char *secret, struct db_row row)
{
	struct request *r = f->r;
	unsigned char hash[HASH_BYTES], body[HASH_BYTES];
	struct db_value before = db_val(row, "body_hash");
	char hex[2 * HASH_BYTES + 1], when[40];
	time_t changed = (time_t)db_num(row, "changed");
	const char *tag;
	bool same;
	struct tm tm;
	enum rc rc = RC_OK;

	hash_of(secret, hash);
	crypto_hash_sha256(
		body, (const unsigned char *)f->out->data, f->out->len);
	same = before.text && before.len == sizeof(body) &&
	       !memcmp(before.text, body, sizeof(body));
	if (!same)
		changed = time(NULL);
	if (!same || db_num(row, "stale"))
		rc = db_exec(r->db, SQL_CALENDAR_READ,
			DB_ARGS(db_bytes("hash", hash, sizeof(hash)),
				db_bytes("body", body, sizeof(body))),
			NULL);
	if (rc)
		return rc;
	text_hex(body, 16, hex);
	gmtime_r(&changed, &tm);
	strftime(when, sizeof(when), "%a, %d %b %Y %H:%M:%S GMT", &tm);
	tag = pool_printf(r->pool, "\"%s\"", hex);
	request_header(r, "ETag", tag);
	request_header(r, "Last-Modified", when);
	r->response.type = "text/calendar; charset=utf-8";
	r->response.body = f->out;
	if (has_it(r, tag, when)) {
		r->response.status = 304;
		r->response.body = buffer_create(r->pool);
	}
	return RC_OK;
}

enum rc
calendar_feed(struct request *r)
{
	const char *secret = r->args[0];
	unsigned char hash[HASH_BYTES];
	struct feed f = {.r = r};
	struct db_row row;
	enum rc rc;

	if (strlen(secret) != SECRET_LENGTH)
		return say_none(r);
	hash_of(secret, hash);
	rc = db_one(r->db, r->pool, SQL_CALENDAR_FIND,
		DB_ARGS(db_bytes("hash", hash, sizeof(hash))), &row);
	if (!rc)
		rc = session_as(r, db_num(row, "account_id"),
			db_num(row, "membership_id"));
	if (rc)
		return rc == RC_NOTFOUND ? say_none(r) : rc;
	f.words = render_words(r->render);
	f.lang = lang_parse(r->who->lang);
	f.out = buffer_create(r->pool);
	f.host = host_of(r->pool, r->config->origin);
	f.made = db_str0(row, "made");
	rc = write_calendar(&f);
	return rc ? rc : answer(&f, secret, row);
}
