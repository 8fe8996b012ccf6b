#ifndef CORE_CONFIG_H
#define CORE_CONFIG_H

#include <stdbool.h>
#include <stddef.h>

#include "../rules/date.h"
#include "pool.h"
#include "rc.h"

/*
 * The configuration file: [section], key = value, # comments on lines of
 * their own. Every key is known and checked at start; what is wrong is named
 * by file and line. Keys without a default below must be there.
 *
 *   [portal]     origin, root (.), keys, log (-), demo (no)
 *   [pages]      socket, workers (4)
 *   [documents]  socket, workers (1)
 *   [jobs]       workers (1)
 *   [exports]    workers (1), pdf_rows (1000), excel_rows (5000)
 *   [lists]      options_seconds (60): engine/options.h
 *   [limits]     request_seconds (20), memory_mb (512), drain_seconds (30),
 *                document_seconds (15): access/drawing.h
 *   [database]   host or socket, port (3306), ca (wanted with host), name,
 *                user, password, jobs_user, jobs_password, migrate_user,
 *                migrate_password (passwords: none)
 *   [session]    idle_minutes (30), hours (12), fresh_minutes (10)
 *   [render]     arena, serializer, fragments, rows (yes)
 *   [login]      tries (10), minutes (15), address_tries (30),
 *                account_tries (50), device_days (90): access/lockout.h
 *   [audit]      years (5), settle_seconds (120): access/audit_chain.h
 *   [approval]   remind_days (2), escalate_days (5): domain/stand_in.h
 *   [calendar]   holidays (yes), closed (none): dates and rows of them,
 *                2026-12-24, 2026-12-28..2026-12-31: rules/date.h
 *   [brand]      dir, name, theme, phone, hours, hours_en (hours), email,
 *                street, postcode, city, sender (name)
 *   [mail]       url, user, password, ca (none), from
 *   [sms]        url, method (POST), header, body (none)
 *
 * Paths that don't begin with / are relative to root, and root to the
 * directory the program is started in. Of the keys file, lines
 * "name id base64(32 bytes)", nobody else may read a byte; of the
 * configuration itself nobody else either where demo is no.
 */
enum { CONFIG_KEY_BYTES = 32, CONFIG_KEYS_MAX = 16 };

struct config_pool {
	const char *socket; /* path; the supervisor may be handed it open */
	int workers;
};

/* A secret from the keys file; the first of a name is used to write. */
struct config_key {
	const char *name; /* csrf, factor, audit */
	const char *id;
	unsigned char bytes[CONFIG_KEY_BYTES];
};

/* Texts are never NULL where the key has no default, or one that is text. */
struct config {
	const char *file;
	const char *origin; /* https://host[:port], no slash at the end */
	const char *root;   /* where xslt/, schema/ and build/static/ are */
	const char *log;    /* path, or "-" */
	bool demo;	    /* demo accounts may exist */

	struct config_pool pages;
	struct config_pool documents;
	int job_workers;
	struct {
		int workers;
		int pdf_rows, excel_rows; /* more: in the background */
	} exports;
	int options_seconds;
	int request_seconds;  /* watchdog of a request */
	int memory_mb;	      /* cap of a worker */
	int drain_seconds;    /* for requests under way at a stop */
	int document_seconds; /* of drawing an account may take a minute */

	struct {
		const char *host; /* NULL: the socket */
		const char *socket;
		int port;
		const char *ca;
		const char *name;
		const char *user, *password;
		const char *jobs_user, *jobs_password;
		const char *migrate_user, *migrate_password;
	} database;

	/* Ways to draw faster, each to be switched off (render.h, arena.h). */
	struct {
		bool arena, serializer, fragments, rows;
	} render;

	struct {
		int idle_minutes;
		int hours;
		int fresh_minutes; /* a code given counts: step_up.h */
	} session;

	struct {
		int tries;	   /* of an account from one place … */
		int minutes;	   /* … in so many */
		int address_tries; /* of all accounts from there */
		int account_tries; /* of an account from anywhere, a day */
		int device_days;   /* a device stays known */
	} login;

	/* The log of who saw what. */
	struct {
		int years;	    /* it is kept; 5 at least (NEN 7513) */
		int settle_seconds; /* before it is sealed, and between seals */
	} audit;

	struct {
		int remind_days, escalate_days; /* what waits for a verdict */
	} approval;

	struct date_calendar calendar;

	struct {
		const char *dir; /* of logo.svg and the theme */
		const char *name;
		const char *theme;
		const char *phone; /* 0500001200, as dialled */
		const char *hours, *hours_en;
		const char *email;
		const char *street, *postcode, *city;
		const char *sender; /* name that mail comes from */
	} brand;

	struct {
		const char *url; /* smtp://host:port or smtps:// */
		const char *user, *password;
		const char *ca;
		const char *from; /* address */
	} mail;

	/* The gateway's request; what stands in { } of it: jobs/sms.h. */
	struct {
		const char *url; /* NULL: no SMS */
		const char *method;
		const char *header;
		const char *body;
	} sms;

	size_t key_count;
	struct config_key keys[CONFIG_KEYS_MAX];
};

/*
 * Reads file and the keys file it names. Problems, one a line as
 * "file:line: what", into errors. RC_OK or RC_FAIL.
 */
enum rc config_load(struct pool *, const char *file, struct config *,
	char *errors, size_t size);

/* The key to write with (id NULL), or the one of that id; NULL: none. */
const struct config_key *config_key(
	const struct config *, const char *name, const char *id);

#endif
