#ifndef ENGINE_EXPORT_H
#define ENGINE_EXPORT_H

#include "../core/request.h"

/*
 * Exports too long to wait for. Their address answers a page that offers to
 * make the file; its button posts to /exports, which asks the same address
 * with request->asks_export. A row says who asked for which address; the
 * jobs (jobs/exporter.c) run that address again as that account, with the
 * rights it has then, and keep the file for a week. Only the account that
 * asked sees it, in the membership it asked as.
 */
enum {
	EXPORT_WAITING_MAX = 10, /* of an account */
	EXPORT_PART = 1 << 20	 /* bytes */
};

/* One that is being drawn: request->export. */
struct export_run {
	int file;      /* an empty file, where it goes */
	int64_t total; /* rows, when they are counted */
	bool cut;      /* more rows than the format takes */
	enum rc (*progress)(struct export_run *, int64_t done);
	void *arg;
};

/*
 * Asks for the export of this address and redirects to the page that follows
 * it. Asked twice, as long as it was not fetched, it is the same one. name:
 * of the file; about: what is filtered on, or "". Where the account has
 * EXPORT_WAITING_MAX of them waiting the page of exports says so.
 */
enum rc export_ask(struct request *, const char *name, const char *title,
	const char *about);

/*
 * The page that offers it: title and about as above, of a list at href that
 * has more than so many rows. href: with the filters.
 */
void export_offer(struct request *, const char *title, const char *about,
	const char *href, int rows);

/*
 * True where the file is not made now: the answer is there, or *rc says why
 * not. It has more rows than most, and is asked for or offered as above; its
 * name is response.filename.
 */
bool export_later(struct request *, const char *title, const char *about,
	const char *href, int64_t rows, int most, enum rc *rc);

/* The button that asks for the file at that path: text action.ID. */
void export_write_button(struct request *, const char *id, const char *icon,
	const char *path, enum format, const char *query);

/* Says how many rows are done. Other than RC_OK: leave it, the process is
 * to end. */
enum rc export_progress(struct request *, int64_t done);

#endif
