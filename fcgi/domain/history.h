#ifndef DOMAIN_HISTORY_H
#define DOMAIN_HISTORY_H

#include <stdint.h>

#include "../core/request.h"

/*
 * What happened to an organisation or a place: rows of event, shown as a
 * timeline. Only ever added to.
 */
struct history {
	const char *kind; /* organisation, place */
	int64_t id;
	int64_t organisation_id;
};

/* name: what was done; state: active or ended, as it now is. */
enum rc history_add(struct request *, const struct history *, const char *name,
	const char *state);

/*
 * A value that was changed: the name of the field (text KIND.field.FIELD), as
 * it was and as it is (NULL or "": empty). Writes nothing where they are the
 * same.
 */
enum rc history_change(struct request *, const struct history *,
	const char *field, const char *old_value, const char *new_value);

/*
 * <timeline id="organisation"> of the organisation and its places, the newest
 * first, at most so many steps: texts timeline.organisation.KIND-NAME, {1} the
 * place, and .note with {1} field, {2} old, {3} new.
 */
enum rc history_write_organisation(
	struct request *, int64_t organisation_id, int most);

#endif
