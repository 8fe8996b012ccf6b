#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <time.h>
#include <unistd.h>

#include <sodium.h>

#include "../access/access.h"
#include "../access/session.h"
#include "../core/http.h"
#include "../core/log.h"
#include "../core/render.h"
#include "../core/text.h"
#include "../engine/detail.h"
#include "../domain/notify.h"
#include "../engine/export.h"
#include "../routes.h"
#include "exporter.h"

enum {
	AGAIN_SECONDS = 30,	 /* after a failure */
	PROGRESS_SECONDS = 1,	 /* between two notes of it */
	MAIL_AFTER_SECONDS = 120 /* who waited so long may have gone */
};

/* One that is being drawn. */
struct drawing {
	struct exporter *exporter;
	struct request request;
	struct export_run export;
	struct db_row row;
	int64_t attempts; /* this one counted */
	time_t noted;
	bool stopped;
	const char *rights;
	int64_t size;
	char sha256[2 * crypto_hash_sha256_BYTES + 1];
};

static struct db_arg
id_of(const struct drawing *d)
{
	return db_int("id", db_num(d->row, "id"));
}

static bool
asked_to_stop(void)
{
	sigset_t pending;

	return !sigpending(&pending) && sigismember(&pending, SIGTERM) == 1;
}

static enum rc
progress(struct export_run *e, int64_t done)
{
	struct drawing *d = e->arg;
	time_t now = time(NULL);

	d->stopped = asked_to_stop();
	if (d->stopped)
		return RC_FAIL;
	if (now - d->noted < PROGRESS_SECONDS)
		return RC_OK;
	d->noted = now;
	return db_exec(d->exporter->queue, SQL_EXPORT_PROGRESS,
		DB_ARGS(id_of(d), db_int("attempts", d->attempts),
			db_int("done", done), db_int("total", e->total),
			db_int("seconds", EXPORTER_CLAIM_SECONDS)),
		NULL);
}

/* The request as it came, in a process that has no connection to answer. */
static enum rc
make_request(struct drawing *d)
{
	struct request *r = &d->request;
	unsigned char id[8];

	randombytes_buf(id, sizeof(id));
	text_hex(id, sizeof(id), r->id);
	r->db = d->exporter->data;
	r->config = d->exporter->config;
	r->render = d->exporter->render;
	r->path = db_str0(d->row, "path");
	r->query = db_str0(d->row, "query");
	r->lang = db_str0(d->row, "lang");
	r->address = db_str0(d->row, "address");
	r->agent = r->body = r->cookies = "";
	r->format = strcmp(db_str0(d->row, "format"), "pdf") == 0 ? FORMAT_PDF
								  : FORMAT_XLSX;
	r->export = &d->export;
	return params_parse(r->pool, r->query, strlen(r->query), &r->get);
}

/* The account as it is now, and the right that the address asks for. */
static enum rc
check_rights(struct drawing *d)
{
	struct request *r = &d->request;
	unsigned format = r->format == FORMAT_PDF ? ROUTE_PDF : ROUTE_XLSX;
	struct db_row row;
	bool known;
	enum rc rc = session_as(r, db_num(d->row, "account_id"),
		db_num(d->row, "membership_id"));

	if (!rc)
		rc = db_one(r->db, r->pool, SQL_EXPORT_RIGHTS,
			DB_ARGS(db_int("membership", r->who->membership)),
			&row);
	if (rc)
		return rc;
	d->rights = db_str0(row, "rights");
	if (!route_find(r, &known) || !(r->route->formats & format))
		return RC_NOTFOUND;
	return access_may(r, r->route->right) &&
			       r->route->portal == r->who->portal
		       ? RC_OK
		       : RC_DENIED;
}

static enum rc
write_body(const struct drawing *d)
{
	const struct buffer *body = d->request.response.body;

	for (size_t at = 0; body && at < body->len;) {
		ssize_t n =
			write(d->export.file, body->data + at, body->len - at);

		if (n <= 0)
			return RC_FAIL;
		at += (size_t)n;
	}
	return RC_OK;
}

/* The file into the database, a part at a time. */
static enum rc
keep_parts(struct drawing *d)
{
	struct exporter *e = d->exporter;
	unsigned char *block = pool_alloc(d->request.pool, EXPORT_PART);
	unsigned char hash[crypto_hash_sha256_BYTES];
	crypto_hash_sha256_state sum;
	enum rc rc =
		db_exec(e->queue, SQL_EXPORT_CLEAR, DB_ARGS(id_of(d)), NULL);
	ssize_t n = 0;

	crypto_hash_sha256_init(&sum);
	for (int i = 0; !rc; i++) {
		n = pread(d->export.file, block, EXPORT_PART, d->size);
		if (n <= 0)
			break;
		crypto_hash_sha256_update(&sum, block, (size_t)n);
		d->size += n;
		rc = db_exec(e->queue, SQL_EXPORT_KEEP,
			DB_ARGS(id_of(d), db_int("position", i),
				db_bytes("bytes", block, (size_t)n)),
			NULL);
	}
	crypto_hash_sha256_final(&sum, hash);
	text_hex(hash, sizeof(hash), d->sha256);
	return n < 0 || !d->size ? RC_FAIL : rc;
}

static void
fill_mail(struct xml *x, void *arg)
{
	const struct drawing *d = arg;

	xml_open(x, "link");
	xml_attr(x, "href",
		pool_printf(d->request.pool, "%s/exports/%s",
			d->request.config->origin, db_str0(d->row, "code")));
	xml_close(x);
	detail_arg(x, "text", NULL, db_str0(d->row, "title"));
	detail_arg(x, "state", "export", db_str0(d->row, "format"));
}

static enum rc
tell(struct drawing *d, const char *kind, const char *id)
{
	struct request *r = &d->request;

	return session_notice_to(r, db_num(d->row, "account_id"),
		db_num(d->row, "membership_id"), kind, id,
		db_str0(d->row, "title"), NULL);
}

static enum rc
finish(void *arg)
{
	struct drawing *d = arg;
	struct request *r = &d->request;
	struct mail mail = {.template = "export",
		.address = r->who->email,
		.name = r->who->name,
		.lang = r->lang,
		.organisation_id = r->who->organisation};
	uint64_t changed = 0;
	enum rc rc = db_exec(r->db, SQL_EXPORT_READY,
		DB_ARGS(id_of(d), db_int("attempts", d->attempts),
			db_int("total", d->export.total),
			db_int("cut", d->export.cut), db_int("size", d->size),
			db_text("sha256", d->sha256),
			db_text("rights", d->rights)),
		&changed);

	if (rc || !changed)
		return rc;
	rc = tell(d, "ok", "export.ready");
	if (!rc && time(NULL) - db_num(d->row, "asked") > MAIL_AFTER_SECONDS)
		rc = mail_queue(r, &mail, fill_mail, d);
	return rc;
}

static enum rc
draw(struct drawing *d)
{
	struct request *r = &d->request;
	enum rc rc = make_request(d);

	if (!rc)
		rc = check_rights(d);
	if (!rc)
		rc = r->route->handler(r);
	if (!rc)
		rc = write_body(d);
	if (!rc)
		rc = keep_parts(d);
	if (!rc)
		rc = db_transaction(r->db, finish, d, NULL);
	return rc;
}

/* For good: the account may not, or it was tried often enough. */
static enum rc
give_up(struct drawing *d, const char *reason)
{
	uint64_t changed = 0;
	enum rc rc = db_exec(d->exporter->queue, SQL_EXPORT_FAIL,
		DB_ARGS(id_of(d), db_text("reason", reason)), &changed);

	d->request.db = d->exporter->queue;
	return rc || !changed ? rc : tell(d, "bad", "export.failed");
}

static enum rc
settle(struct drawing *d, enum rc rc)
{
	bool again = d->stopped || d->attempts < EXPORTER_TRIES;

	if (!rc)
		return RC_OK;
	if (rc == RC_DENIED || rc == RC_NOTFOUND || rc == RC_INVALID)
		return give_up(d, "rights");
	if (!again)
		return give_up(d, "error");
	return db_exec(d->exporter->queue, SQL_EXPORT_RELEASE,
		DB_ARGS(id_of(d),
			db_int("attempts", d->attempts - (d->stopped ? 1 : 0)),
			db_int("seconds", d->stopped ? 0 : AGAIN_SECONDS)),
		NULL);
}

static void
log_drawing(const struct drawing *d, enum rc rc)
{
	struct pool *p = d->request.pool;

	log_event(rc ? LOG_WARN : LOG_INFO,
		rc ? "export-failed" : "export-drawn", "export",
		pool_printf(p, "%lld", (long long)db_num(d->row, "id")),
		"route", d->request.route ? d->request.route->path : NULL,
		"format", db_str0(d->row, "format"), "rows",
		pool_printf(p, "%lld", (long long)d->export.total), "bytes",
		pool_printf(p, "%lld", (long long)d->size), "attempt",
		pool_printf(p, "%lld", (long long)d->attempts), "stopped",
		d->stopped ? "yes" : NULL, NULL);
}

static enum rc
draw_claimed(struct drawing *d)
{
	enum rc rc = RC_FAIL;

	d->export =
		(struct export_run){.file = memfd_create("export", MFD_CLOEXEC),
			.progress = progress,
			.arg = d};
	if (d->export.file < 0)
		log_event(LOG_ERROR, "export", "error", strerror(errno), NULL);
	else
		rc = draw(d);
	log_request(d->request.id);
	log_drawing(d, rc);
	rc = settle(d, rc);
	log_request(NULL);
	if (d->export.file >= 0)
		close(d->export.file);
	db_reset(d->exporter->data);
	return rc;
}

static enum rc
claim_and_draw(struct drawing *d, bool *tried)
{
	struct db *queue = d->exporter->queue;
	uint64_t claimed = 0;
	enum rc rc = db_one(
		queue, d->request.pool, SQL_EXPORT_DUE, DB_NO_ARGS, &d->row);

	if (rc)
		return rc == RC_NOTFOUND ? RC_OK : rc;
	*tried = true;
	d->attempts = db_num(d->row, "attempts") + 1;
	/* It ended the process as often: not once more. */
	if (d->attempts > EXPORTER_TRIES)
		return give_up(d, "error");
	rc = db_exec(queue, SQL_EXPORT_CLAIM,
		DB_ARGS(id_of(d), db_int("attempts", d->attempts - 1),
			db_int("seconds", EXPORTER_CLAIM_SECONDS)),
		&claimed);
	if (rc)
		return db_duplicate(queue) ? RC_OK : rc;
	return claimed ? draw_claimed(d) : RC_OK;
}

enum rc
exporter_draw_one(struct exporter *e, bool *tried)
{
	struct drawing *d = memory_alloc(sizeof(*d));
	enum rc rc;

	*tried = false;
	*d = (struct drawing){
		.exporter = e, .request = {.pool = pool_create()}};
	rc = claim_and_draw(d, tried);
	pool_destroy(d->request.pool);
	free(d);
	db_reset(e->queue);
	return rc;
}
