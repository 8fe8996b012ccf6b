#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include <sodium.h>

#include "../access/access.h"
#include "../core/log.h"
#include "../core/text.h"
#include "attachment.h"
#include "photo.h"
#include "request_view.h"
#include "photo_program.h"

enum { CODE_BYTES = 16, PATH_MOST = 1000 };

/* One as it was made. */
struct made {
	struct photo_head head;
	const char *whole, *small;
};

/* Beside the program itself, wherever that is. */
static const char *
program_path(struct pool *p)
{
	char *path = pool_alloc(p, PATH_MOST);
	ssize_t len = readlink("/proc/self/exe", path, PATH_MOST - 1);

	while (len > 0 && path[len - 1] != '/')
		len--;
	return pool_printf(p, "%.*shulpbalie-photo", (int)len, path);
}

/* With nothing but its two files, and no signal blocked. */
static int
spawn(struct request *r, char *const argv[], int out, pid_t *pid)
{
	static char locale[] = "LC_ALL=C";
	char *const environment[] = {locale, NULL};
	posix_spawn_file_actions_t files;
	posix_spawnattr_t how;
	sigset_t none;
	int failed;

	sigemptyset(&none);
	posix_spawn_file_actions_init(&files);
	posix_spawn_file_actions_adddup2(&files, r->upload_file, STDIN_FILENO);
	posix_spawn_file_actions_adddup2(&files, out, STDOUT_FILENO);
	posix_spawn_file_actions_addopen(
		&files, STDERR_FILENO, "/dev/null", O_WRONLY, 0);
	posix_spawnattr_init(&how);
	posix_spawnattr_setflags(&how, POSIX_SPAWN_SETSIGMASK);
	posix_spawnattr_setsigmask(&how, &none);
	failed = posix_spawn(pid, argv[0], &files, &how, argv, environment);
	posix_spawnattr_destroy(&how);
	posix_spawn_file_actions_destroy(&files);
	return failed;
}

/* How it ended; -1: it could not be started. */
static int
run(struct request *r, const struct upload *u, time_t seconds, int out)
{
	struct pool *p = r->pool;
	char *argv[] = {(char *)program_path(p),
		pool_printf(p, "%zu", (size_t)(u->bytes - r->upload)),
		pool_printf(p, "%zu", u->len),
		pool_printf(p, "%lld", (long long)seconds), NULL};
	int failed, status;
	pid_t pid;

	failed = spawn(r, argv, out, &pid);
	if (failed) {
		log_event(LOG_ERROR, "photo", "error", strerror(failed), NULL);
		return -1;
	}
	while (waitpid(pid, &status, 0) < 0)
		if (errno != EINTR)
			return -1;
	if (WIFEXITED(status))
		return WEXITSTATUS(status);
	log_event(LOG_WARN, "photo-ended", "signal",
		strsignal(WTERMSIG(status)), NULL);
	return PHOTO_BROKEN;
}

/* What it wrote, in the pool. */
static bool
read_made(struct pool *p, int out, struct made *m)
{
	off_t size = lseek(out, 0, SEEK_END);
	char *bytes;

	if (size < (off_t)sizeof(m->head) || size > PHOTO_OUTPUT_MOST)
		return false;
	bytes = pool_alloc(p, (size_t)size);
	if (pread(out, bytes, (size_t)size, 0) != size)
		return false;
	memcpy(&m->head, bytes, sizeof(m->head));
	m->whole = bytes + sizeof(m->head);
	m->small = m->whole + m->head.size;
	return (off_t)(sizeof(m->head) + (size_t)m->head.size +
		       m->head.small_size) == size;
}

/* *error: why it can't be one. */
static enum rc
make(struct request *r, const struct upload *u, time_t until, struct made *m,
	const char **error)
{
	static const char *const errors[] = {[PHOTO_OTHER] = "photo-kind",
		[PHOTO_LARGE] = "photo-large",
		[PHOTO_BROKEN] = "photo-broken"};
	time_t left = until - time(NULL);
	int out, end;
	bool good;

	*error = NULL;
	if (u->len > PHOTO_BYTES_MOST)
		*error = "photo-size";
	else if (left < 1)
		*error = "photo-broken";
	if (*error)
		return RC_OK;
	out = memfd_create("photo", MFD_CLOEXEC);
	if (out < 0)
		return RC_FAIL;
	end = run(r, u, left, out);
	good = end == PHOTO_DONE && read_made(r->pool, out, m);
	close(out);
	if (end < 0 || (end == PHOTO_DONE && !good))
		return RC_FAIL;
	if (!good)
		*error = end >= PHOTO_OTHER && end <= PHOTO_BROKEN
				 ? errors[end]
				 : "photo-broken";
	return RC_OK;
}

static enum rc
insert(struct request *r, const struct made *m, int64_t organisation,
	const char **code)
{
	unsigned char bytes[CODE_BYTES];

	randombytes_buf(bytes, sizeof(bytes));
	*code = text_base64url(r->pool, bytes, sizeof(bytes));
	return db_exec(r->db, SQL_PHOTO_INSERT,
		DB_ARGS(db_text("code", *code),
			db_int("organisation", organisation),
			db_int("account", r->who->account),
			db_int("width", m->head.width),
			db_int("height", m->head.height),
			db_bytes("bytes", m->whole, m->head.size),
			db_bytes("small", m->small, m->head.small_size)),
		NULL);
}

enum rc
photo_kept(struct request *r, const char *code, int64_t organisation)
{
	struct db_row row;

	return db_one(r->db, r->pool, SQL_PHOTO_KEPT,
		DB_ARGS(db_text("code", code),
			db_int("account", r->who->account),
			db_int("organisation", organisation)),
		&row);
}

enum rc
photo_take(struct request *r, const struct upload *u, int64_t organisation,
	time_t until, const char **code, const char **error)
{
	struct made m = {0};
	enum rc rc = make(r, u, until, &m, error);

	if (rc || *error)
		return rc;
	return insert(r, &m, organisation, code);
}

enum rc
photo_attach(struct request *r, const char *code, int64_t position,
	const struct attachment_place *at)
{
	return db_exec(r->db, SQL_PHOTO_ATTACH,
		DB_ARGS(db_text("number", at->number),
			db_int("position", position), db_text("code", code),
			db_text("kind", at->kind),
			db_id("message", at->message_id),
			db_id("line", at->line_id),
			db_int("account", r->who->account)),
		NULL);
}

enum rc
photos_list(struct request *r, const struct service_request *sr,
	struct db_rows *rows)
{
	return db_select(r->db, r->pool, SQL_PHOTO_LIST,
		DB_ARGS(db_int("request", sr->id)), rows);
}

void
photo_write(struct request *r, const struct service_request *sr,
	const char *base, struct db_row row)
{
	struct xml *x = r->xml;

	xml_open(x, "photo");
	xml_attr(x, "n", db_str0(row, "position"));
	xml_attr(x, "width", db_str0(row, "width"));
	xml_attr(x, "height", db_str0(row, "height"));
	xml_attr(x, "href",
		pool_printf(r->pool, "%s/%s/photos/%s", base, sr->number,
			db_str0(row, "position")));
	xml_close(x);
}

void
photos_write(struct request *r, const struct service_request *sr,
	const char *base, const char *kind, const struct db_rows *rows)
{
	struct xml *x = r->xml;
	int depth = xml_depth(x);

	for (size_t i = 0; i < rows->count; i++) {
		struct db_row row = db_row(rows, i);

		if (strcmp(db_str0(row, "kind"), kind) != 0)
			continue;
		if (xml_depth(x) == depth) {
			xml_open(x, "photos");
			xml_attr(x, "id", kind);
		}
		photo_write(r, sr, base, row);
	}
	xml_close_to(x, depth);
}

/* Those of a message are read where it is. */
enum rc
photos_name(struct request *r, const struct service_request *sr, struct xml *x)
{
	int depth = xml_depth(x);
	struct db_rows rows;

	if (photos_list(r, sr, &rows))
		return RC_FAIL;
	for (size_t i = 0; i < rows.count; i++) {
		struct db_row row = db_row(&rows, i);

		if (!strcmp(db_str0(row, "kind"), "message"))
			continue;
		if (xml_depth(x) == depth)
			xml_open(x, "photos");
		xml_open(x, "photo");
		xml_attr(x, "n", db_str0(row, "position"));
		xml_attr(x, "width", db_str0(row, "width"));
		xml_attr(x, "height", db_str0(row, "height"));
		xml_close(x);
	}
	xml_close_to(x, depth);
	return RC_OK;
}

static const char *
as_address(struct pool *p, struct db_value bytes)
{
	size_t size = sodium_base64_encoded_len(
		bytes.len, sodium_base64_VARIANT_ORIGINAL);
	char *text = pool_alloc(p, size);

	sodium_bin2base64(text, size, (const unsigned char *)bytes.text,
		bytes.len, sodium_base64_VARIANT_ORIGINAL);
	return pool_printf(p, "data:image/jpeg;base64,%s", text);
}

static enum rc
fill_one(struct pool *p, struct db *db, xmlNode *photo, int64_t request_id)
{
	xmlChar *position = xmlGetNoNsProp(photo, BAD_CAST "n");
	struct db_row row = {0};
	int64_t n;
	enum rc rc = RC_FAIL;

	if (position && text_int((const char *)position, &n))
		rc = db_one(db, p, SQL_PHOTO_DRAWN,
			DB_ARGS(db_int("request", request_id),
				db_int("position", n)),
			&row);
	xmlFree(position);
	if (!rc)
		xmlNewProp(photo, BAD_CAST "src",
			BAD_CAST as_address(p, db_val(row, "bytes")));
	return rc;
}

enum rc
photos_fill(struct pool *p, struct db *db, xmlDoc *doc, int64_t request_id)
{
	enum rc rc = RC_OK;

	for (xmlNode *n = xmlDocGetRootElement(doc)->children; n; n = n->next)
		if (n->type == XML_ELEMENT_NODE &&
			!strcmp((const char *)n->name, "photos"))
			for (xmlNode *m = n->children; m && !rc; m = m->next)
				if (m->type == XML_ELEMENT_NODE)
					rc = fill_one(p, db, m, request_id);
	return rc;
}

enum rc
photo_page(struct request *r)
{
	const char *size = params_get(&r->get, "size");
	bool small = size && !strcmp(size, "small");
	struct service_request sr;
	struct db_value bytes;
	struct db_row row;
	int64_t n;
	enum rc rc = request_get(r, r->args[0], &sr);

	if (!rc)
		rc = request_audit(r, &sr, "view");
	if (!rc && !text_int(r->args[1], &n))
		rc = RC_NOTFOUND;
	if (rc)
		return rc;
	rc = db_one(r->db, r->pool, small ? SQL_PHOTO_SMALL : SQL_PHOTO_WHOLE,
		DB_ARGS(db_int("request", sr.id), db_int("position", n)), &row);
	if (rc)
		return rc;
	bytes = db_val(row, "bytes");
	r->response.type = "image/jpeg";
	r->response.body = buffer_create(r->pool);
	buffer_add(r->response.body, bytes.text, bytes.len);
	return RC_OK;
}
