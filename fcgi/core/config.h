#ifndef CORE_CONFIG_H
#define CORE_CONFIG_H

#include <stdbool.h>
#include <stddef.h>

#include "pool.h"
#include "rc.h"

/*
 * The configuration file: [section], key = value, # comments. Every key is
 * known and checked at start; what is wrong is named by file and line.
 */
enum { CONFIG_KEY_BYTES = 32, CONFIG_KEYS_MAX = 16 };

struct config_pool {
	const char *socket; /* path; the supervisor may be handed it open */
	int workers;
};

/* A secret from the keys file; the first of a name is used to write. */
struct config_key {
	const char *name; /* csrf, factor */
	const char *id;
	unsigned char bytes[CONFIG_KEY_BYTES];
};

struct config {
	const char *file;
	const char *origin; /* https://host[:port], no slash at the end */
	const char *root;   /* where xslt/, schema/ and build/static/ are */
	const char *log;    /* path, or "-" */
	bool demo;          /* demo accounts may exist */

	struct config_pool pages;
	struct config_pool documents;
	int job_workers;
	int request_seconds; /* watchdog of a request */
	int memory_mb;       /* cap of a worker */

	struct {
		const char *host;
		const char *socket;
		int port;
		const char *ca;
		const char *name;
		const char *user, *password;
		const char *jobs_user, *jobs_password;
		const char *migrate_user, *migrate_password;
	} database;

	struct {
		int idle_minutes;
		int hours;
	} session;

	struct {
		const char *dir; /* logo.svg, relative to root */
		const char *name;
		const char *theme;
		const char *phone; /* 0500001200, as dialled */
		const char *hours;
		const char *email;
		const char *street, *postcode, *city;
	} brand;

	struct {
		const char *url; /* smtp://host:port or smtps:// */
		const char *user, *password;
		const char *ca;
		const char *from; /* address */
	} mail;

	size_t key_count;
	struct config_key keys[CONFIG_KEYS_MAX];
};

/*
 * Reads file and the keys file it names. Problems, one a line as
 * "file:line: what", into errors. RC_OK or RC_FAIL.
 */
enum rc config_load(struct pool *, const char *file, struct config *,
	char *errors, size_t size);

/* The key to write with, or the one of that id; NULL: none. */
const struct config_key *config_key(
	const struct config *, const char *name, const char *id);

#endif
