#ifndef JOBS_EXPORTER_H
#define JOBS_EXPORTER_H

#include "../core/config.h"
#include "../core/render.h"
#include "../db/db.h"

/*
 * Draws the exports that were asked for (engine/export.h), one after the
 * other, and one of an account at a time: as the account that asked, with
 * the rights and places it has at that moment. At least once: where the
 * process dies it is drawn again after EXPORTER_CLAIM_SECONDS without
 * progress; after EXPORTER_TRIES it has failed. The file, and the notice
 * that it is there, are kept in one transaction.
 */
enum { EXPORTER_TRIES = 3, EXPORTER_CLAIM_SECONDS = 120 };

struct exporter {
	const struct config *config;
	struct render *render;
	struct db *queue; /* of the exports themselves */
	struct db *data;  /* scoped to the account */
};

/*
 * The next one. *tried: there was one. RC_FAIL: the database. While a list
 * is read a pending SIGTERM (blocked) gives it back undrawn.
 */
enum rc exporter_draw_one(struct exporter *, bool *tried);

#endif
