#include <errno.h>
#include <limits.h>
#include <sodium.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/un.h>

#include "config.h"
#include "text.h"

enum kind {
	KIND_TEXT,
	KIND_PATH,
	KIND_LOG,    /* a path or - */
	KIND_SOCKET, /* a path that fits in an address */
	KIND_ORIGIN,
	KIND_NUMBER,
	KIND_YES_NO,
	KIND_DAYS /* dates, and rows of them */
};

/* Without a fallback the key must be there; "" stands for NULL. */
struct key {
	const char *section;
	const char *name;
	enum kind kind;
	size_t offset;
	const char *fallback;
	int least, most;
};

#define AT(member) offsetof(struct config, member)

static const struct key keys[] = {
	{"portal", "origin", KIND_ORIGIN, AT(origin), NULL, 0, 0},
	{"portal", "root", KIND_TEXT, AT(root), ".", 0, 0},
	{"portal", "log", KIND_LOG, AT(log), "-", 0, 0},
	{"portal", "demo", KIND_YES_NO, AT(demo), "no", 0, 0},
	{"pages", "socket", KIND_SOCKET, AT(pages.socket), NULL, 0, 0},
	{"pages", "workers", KIND_NUMBER, AT(pages.workers), "4", 1, 64},
	{"documents", "socket", KIND_SOCKET, AT(documents.socket), NULL, 0, 0},
	{"documents", "workers", KIND_NUMBER, AT(documents.workers), "1", 1,
		64},
	{"jobs", "workers", KIND_NUMBER, AT(job_workers), "1", 0, 16},
	{"exports", "workers", KIND_NUMBER, AT(exports.workers), "1", 0, 16},
	{"exports", "pdf_rows", KIND_NUMBER, AT(exports.pdf_rows), "1000", 1,
		100000},
	{"exports", "excel_rows", KIND_NUMBER, AT(exports.excel_rows), "5000",
		1, 1000000},
	{"lists", "options_seconds", KIND_NUMBER, AT(options_seconds), "60", 0,
		3600},
	{"limits", "request_seconds", KIND_NUMBER, AT(request_seconds), "20", 1,
		600},
	{"limits", "memory_mb", KIND_NUMBER, AT(memory_mb), "512", 64, 65536},
	{"limits", "drain_seconds", KIND_NUMBER, AT(drain_seconds), "30", 1,
		600},
	{"limits", "document_seconds", KIND_NUMBER, AT(document_seconds), "15",
		2, 3600},
	{"database", "host", KIND_TEXT, AT(database.host), "", 0, 0},
	{"database", "socket", KIND_SOCKET, AT(database.socket), "", 0, 0},
	{"database", "port", KIND_NUMBER, AT(database.port), "3306", 1, 65535},
	{"database", "ca", KIND_PATH, AT(database.ca), "", 0, 0},
	{"database", "name", KIND_TEXT, AT(database.name), NULL, 0, 0},
	{"database", "user", KIND_TEXT, AT(database.user), NULL, 0, 0},
	{"database", "password", KIND_TEXT, AT(database.password), "", 0, 0},
	{"database", "jobs_user", KIND_TEXT, AT(database.jobs_user), NULL, 0,
		0},
	{"database", "jobs_password", KIND_TEXT, AT(database.jobs_password), "",
		0, 0},
	{"database", "migrate_user", KIND_TEXT, AT(database.migrate_user), NULL,
		0, 0},
	{"database", "migrate_password", KIND_TEXT,
		AT(database.migrate_password), "", 0, 0},
	{"session", "idle_minutes", KIND_NUMBER, AT(session.idle_minutes), "30",
		1, 1440},
	{"session", "hours", KIND_NUMBER, AT(session.hours), "12", 1, 168},
	{"session", "fresh_minutes", KIND_NUMBER, AT(session.fresh_minutes),
		"10", 1, 60},
	{"render", "arena", KIND_YES_NO, AT(render.arena), "yes", 0, 0},
	{"render", "serializer", KIND_YES_NO, AT(render.serializer), "yes", 0,
		0},
	{"render", "fragments", KIND_YES_NO, AT(render.fragments), "yes", 0, 0},
	{"render", "rows", KIND_YES_NO, AT(render.rows), "yes", 0, 0},
	{"login", "tries", KIND_NUMBER, AT(login.tries), "10", 3, 1000},
	{"login", "minutes", KIND_NUMBER, AT(login.minutes), "15", 1, 1440},
	{"login", "address_tries", KIND_NUMBER, AT(login.address_tries), "30",
		3, 10000},
	{"login", "account_tries", KIND_NUMBER, AT(login.account_tries), "50",
		3, 10000},
	{"login", "device_days", KIND_NUMBER, AT(login.device_days), "90", 1,
		365},
	{"approval", "remind_days", KIND_NUMBER, AT(approval.remind_days), "2",
		1, 60},
	{"approval", "escalate_days", KIND_NUMBER, AT(approval.escalate_days),
		"5", 1, 90},
	{"audit", "years", KIND_NUMBER, AT(audit.years), "5", 5, 100},
	{"audit", "settle_seconds", KIND_NUMBER, AT(audit.settle_seconds),
		"120", 1, 3600},
	{"calendar", "holidays", KIND_YES_NO, AT(calendar.holidays), "yes", 0,
		0},
	{"calendar", "closed", KIND_DAYS, AT(calendar), "", 0, 0},
	{"brand", "dir", KIND_PATH, AT(brand.dir), NULL, 0, 0},
	{"brand", "name", KIND_TEXT, AT(brand.name), NULL, 0, 0},
	{"brand", "theme", KIND_TEXT, AT(brand.theme), NULL, 0, 0},
	{"brand", "phone", KIND_TEXT, AT(brand.phone), NULL, 0, 0},
	{"brand", "hours", KIND_TEXT, AT(brand.hours), NULL, 0, 0},
	{"brand", "hours_en", KIND_TEXT, AT(brand.hours_en), "", 0, 0},
	{"brand", "email", KIND_TEXT, AT(brand.email), NULL, 0, 0},
	{"brand", "street", KIND_TEXT, AT(brand.street), NULL, 0, 0},
	{"brand", "postcode", KIND_TEXT, AT(brand.postcode), NULL, 0, 0},
	{"brand", "city", KIND_TEXT, AT(brand.city), NULL, 0, 0},
	{"brand", "sender", KIND_TEXT, AT(brand.sender), NULL, 0, 0},
	{"mail", "url", KIND_TEXT, AT(mail.url), NULL, 0, 0},
	{"mail", "user", KIND_TEXT, AT(mail.user), "", 0, 0},
	{"mail", "password", KIND_TEXT, AT(mail.password), "", 0, 0},
	{"mail", "ca", KIND_PATH, AT(mail.ca), "", 0, 0},
	{"mail", "from", KIND_TEXT, AT(mail.from), NULL, 0, 0},
	{"sms", "url", KIND_TEXT, AT(sms.url), "", 0, 0},
	{"sms", "method", KIND_TEXT, AT(sms.method), "POST", 0, 0},
	{"sms", "header", KIND_TEXT, AT(sms.header), "", 0, 0},
	{"sms", "body", KIND_TEXT, AT(sms.body), "", 0, 0},
};

/* The keys file is no part of struct config. */
static const struct key keys_file = {
	"portal", "keys", KIND_PATH, 0, NULL, 0, 0};

enum { KEYS = sizeof(keys) / sizeof(keys[0]) };

struct reader {
	struct pool *pool;
	struct config *config;
	const char *file; /* that is read now */
	int line;
	const char *section;
	char *errors;
	size_t room;
	bool failed;
	const char *keys_path;
	int keys_line;
	bool private; /* holds passwords */
	struct {
		const char *value; /* NULL: not there */
		int line;
	} found[KEYS];
};

__attribute__((format(printf, 2, 3))) static void
problem(struct reader *r, const char *format, ...)
{
	va_list args;
	size_t len;

	r->failed = true;
	if (r->room < 2)
		return;
	snprintf(r->errors, r->room, "%s:%d: ", r->file, r->line);
	len = strlen(r->errors);
	va_start(args, format);
	vsnprintf(r->errors + len, r->room - len, format, args);
	va_end(args);
	len = strlen(r->errors);
	if (len + 1 < r->room) {
		r->errors[len++] = '\n';
		r->errors[len] = '\0';
	}
	r->errors += len;
	r->room -= len;
}

static bool
is_origin(const char *s)
{
	if (strncmp(s, "https://", 8) != 0)
		return false;
	s += 8;
	return *s && strspn(s, "abcdefghijklmnopqrstuvwxyz0123456789.-:") ==
			     strlen(s);
}

static const char *
path_of(struct reader *r, const char *value)
{
	if (value[0] == '/')
		return value;
	return pool_printf(r->pool, "%s/%s", r->config->root, value);
}

/* 2026-12-24, 2026-12-28..2026-12-31 */
static void
set_days(struct reader *r, struct date_calendar *c, const char *value)
{
	char *rest = NULL;
	char *text = pool_strdup(r->pool, value);

	for (char *part = strtok_r(text, ",", &rest); part;
		part = strtok_r(NULL, ",", &rest)) {
		char *until = strstr(part, "..");
		char first[DATE_SIZE], last[DATE_SIZE];

		if (until) {
			*until = '\0';
			until += 2;
		}
		if (!text_date(text_trim(r->pool, part), first) ||
			!text_date(text_trim(r->pool, until ? until : part),
				last) ||
			!date_close(c, first, last))
			problem(r,
				"closed: want at most %d dates, or first..last "
				"of a year at most, and commas between, "
				"not '%s%s%s'",
				DATE_CLOSED_MAX, text_trim(r->pool, part),
				until ? ".." : "",
				until ? text_trim(r->pool, until) : "");
	}
}

/* Checks a value and puts it where it belongs. */
static void
set(struct reader *r, const struct key *k, const char *value)
{
	char *at = (char *)r->config + k->offset;
	const char **text = (const char **)(void *)at;
	int64_t number;

	if (k->kind == KIND_NUMBER) {
		if (text_int(value, &number) && number >= k->least &&
			number <= k->most)
			*(int *)(void *)at = (int)number;
		else
			problem(r, "%s: want a number from %d to %d, not '%s'",
				k->name, k->least, k->most, value);
		return;
	}
	if (k->kind == KIND_DAYS) {
		set_days(r, &r->config->calendar, value);
		return;
	}
	if (k->kind == KIND_YES_NO) {
		*(bool *)(void *)at = strcmp(value, "yes") == 0;
		if (!*(bool *)(void *)at && strcmp(value, "no") != 0)
			problem(r, "%s: want yes or no, not '%s'", k->name,
				value);
		return;
	}
	if (!*value) {
		*text = NULL;
		if (!k->fallback)
			problem(r, "%s: has no value", k->name);
		return;
	}
	if (k->kind == KIND_ORIGIN && !is_origin(value))
		problem(r, "%s: want https://host or https://host:port",
			k->name);
	if (k->kind == KIND_PATH || k->kind == KIND_SOCKET ||
		(k->kind == KIND_LOG && strcmp(value, "-") != 0))
		value = path_of(r, value);
	if (k->kind == KIND_SOCKET &&
		strlen(value) >= sizeof(((struct sockaddr_un *)0)->sun_path))
		problem(r, "%s: the path %s is too long for a socket", k->name,
			value);
	*text = value;
}

static void
read_pair(struct reader *r, char *line)
{
	const char *section = r->section;
	char *equals = strchr(line, '=');
	const char *name, *value;

	if (!equals) {
		problem(r, "want [section] or key = value");
		return;
	}
	*equals = '\0';
	name = text_trim(r->pool, line);
	value = text_trim(r->pool, equals + 1);
	r->private |= *value && strstr(name, "password") != NULL;
	if (strcmp(section, keys_file.section) == 0 &&
		strcmp(name, keys_file.name) == 0) {
		if (r->keys_path)
			problem(r, "keys stands already on line %d",
				r->keys_line);
		r->keys_path = value;
		r->keys_line = r->line;
		return;
	}
	for (int i = 0; i < KEYS; i++) {
		if (strcmp(section, keys[i].section) != 0 ||
			strcmp(name, keys[i].name) != 0)
			continue;
		if (r->found[i].value)
			problem(r, "%s stands already on line %d", name,
				r->found[i].line);
		r->found[i].value = value;
		r->found[i].line = r->line;
		return;
	}
	problem(r, "unknown key '%s' in [%s]", name, section);
}

static bool
known_section(const char *name)
{
	for (int i = 0; i < KEYS; i++)
		if (strcmp(name, keys[i].section) == 0)
			return true;
	return false;
}

/* Gives each line, trimmed and not empty, to fn. False: no such file. */
static bool
read_lines(struct reader *r, const char *path,
	void (*fn)(struct reader *, char *line))
{
	FILE *f = fopen(path, "re");
	char *line = NULL;
	size_t size = 0;
	ssize_t len;

	r->file = path;
	r->line = 0;
	if (!f) {
		problem(r, "%s", strerror(errno));
		return false;
	}
	while ((len = getline(&line, &size, f)) >= 0) {
		char *text;

		r->line++;
		if (!text_valid(line, (size_t)len)) {
			problem(r, "not UTF-8 text");
			continue;
		}
		text = text_trim(r->pool, line);
		if (*text && *text != '#')
			fn(r, text);
	}
	free(line);
	fclose(f);
	return true;
}

static void
read_line(struct reader *r, char *line)
{
	size_t len = strlen(line);

	if (line[0] != '[') {
		read_pair(r, line);
	} else if (line[len - 1] != ']') {
		problem(r, "a section ends with ]");
	} else {
		line[len - 1] = '\0';
		r->section = text_trim(r->pool, line + 1);
		if (!known_section(r->section))
			problem(r, "unknown section [%s]", r->section);
	}
}

/* name id base64 */
static void
read_key(struct reader *r, char *line)
{
	struct config *c = r->config;
	struct config_key *k = &c->keys[c->key_count];
	char *rest = NULL;
	const char *name = strtok_r(line, " \t", &rest);
	const char *id = strtok_r(NULL, " \t", &rest);
	const char *secret = strtok_r(NULL, " \t", &rest);
	size_t len = 0;

	if (!secret || strtok_r(NULL, " \t", &rest)) {
		problem(r, "want: name id base64");
	} else if (c->key_count == CONFIG_KEYS_MAX) {
		problem(r, "more than %d keys", CONFIG_KEYS_MAX);
	} else if (strlen(id) > 16) {
		problem(r, "the id %s is longer than 16", id);
	} else if (config_key(c, name, id)) {
		problem(r, "the key %s %s stands twice", name, id);
	} else if (sodium_base642bin(k->bytes, sizeof(k->bytes), secret,
			   strlen(secret), NULL, &len, NULL,
			   sodium_base64_VARIANT_ORIGINAL) ||
		   len != sizeof(k->bytes)) {
		problem(r, "the key %s %s is not %d bytes in base64", name, id,
			CONFIG_KEY_BYTES);
	} else {
		k->name = name;
		k->id = id;
		c->key_count++;
	}
}

/* May others read it? A file that is not there was told already. */
static void
check_private(struct reader *r, const char *path)
{
	struct stat st;

	r->file = path;
	r->line = 0;
	if (stat(path, &st) == 0 && (st.st_mode & 077))
		problem(r, "others may read it: chmod 600");
}

static void
read_keys(struct reader *r)
{
	static const char *const wanted[] = {"csrf", "factor", "audit"};
	const char *path = path_of(r, r->keys_path);

	if (!read_lines(r, path, read_key))
		return;
	r->line = 0;
	for (size_t i = 0; i < sizeof(wanted) / sizeof(wanted[0]); i++)
		if (!config_key(r->config, wanted[i], NULL))
			problem(r, "there is no key named %s", wanted[i]);
	check_private(r, path);
}

static void
set_all(struct reader *r, const char *file)
{
	struct config *c = r->config;

	r->file = file;
	for (int i = 0; i < KEYS; i++) {
		const struct key *k = &keys[i];

		r->line = r->found[i].line;
		if (r->found[i].value)
			set(r, k, r->found[i].value);
		else if (k->fallback)
			set(r, k, k->fallback);
		else
			problem(r, "[%s] has no %s", k->section, k->name);
		if (k->offset == AT(root)) {
			char *root = realpath(c->root, NULL);

			if (!root)
				problem(r, "root: %s: %s", c->root,
					strerror(errno));
			else
				c->root = pool_strdup(r->pool, root);
			free(root);
		}
	}
	r->line = 0;
	if (!c->database.host == !c->database.socket)
		problem(r, "[database] wants either host or socket");
	if (c->database.host && !c->database.ca)
		problem(r, "[database] wants ca where it has host");
	if (!r->keys_path)
		problem(r, "[portal] has no keys");
}

enum rc
config_load(struct pool *p, const char *file, struct config *config,
	char *errors, size_t size)
{
	struct reader *r = pool_alloc(p, sizeof(*r));

	memset(config, 0, sizeof(*config));
	config->file = pool_strdup(p, file);
	r->pool = p;
	r->config = config;
	r->section = "";
	r->errors = errors;
	r->room = size;
	if (size > 0)
		errors[0] = '\0';
	if (!read_lines(r, file, read_line))
		return RC_FAIL;
	set_all(r, file);
	if (r->private && !config->demo)
		check_private(r, file);
	if (r->keys_path && config->root)
		read_keys(r);
	return r->failed ? RC_FAIL : RC_OK;
}

const struct config_key *
config_key(const struct config *config, const char *name, const char *id)
{
	for (size_t i = 0; i < config->key_count; i++) {
		const struct config_key *k = &config->keys[i];

		if (strcmp(k->name, name) == 0 &&
			(!id || strcmp(k->id, id) == 0))
			return k;
	}
	return NULL;
}
