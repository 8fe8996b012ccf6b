#ifndef ERROR_PAGES_H
#define ERROR_PAGES_H

#include "core/config.h"
#include "core/render.h"

/*
 * `hulpbalie error-pages DIR`: STATUS.html for each error that nginx answers
 * by itself, as the portal draws them for somebody unknown. RC_OK or RC_FAIL,
 * with the reason on standard error.
 */
enum rc error_pages(
	struct pool *, const struct config *, struct render *, const char *dir);

#endif
