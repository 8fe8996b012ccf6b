#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "engine/page.h"
#include "error_pages.h"

/* As conf/nginx/server.conf.in names them. */
static const int statuses[] = {
	400, 403, 404, 405, 413, 414, 429, 500, 502, 503, 504};

static enum rc
write_page(struct request *r, int status, const char *dir)
{
	const char *path = pool_printf(r->pool, "%s/%d.html", dir, status);
	struct buffer *page = buffer_create(r->pool);
	FILE *f;

	page_error(r, status);
	if (render_html(r->render, r->pool, xml_doc(r->xml), page))
		return RC_FAIL;
	f = fopen(path, "we");
	if (!f || fwrite(page->data, 1, page->len, f) != page->len) {
		fprintf(stderr, "%s: %s\n", path, strerror(errno));
		if (f)
			fclose(f);
		return RC_FAIL;
	}
	return fclose(f) ? RC_FAIL : RC_OK;
}

enum rc
error_pages(struct pool *p, const struct config *config, struct render *render,
	const char *dir)
{
	struct request r = {.pool = p,
		.config = config,
		.render = render,
		.path = "/",
		.lang = "nl"};
	enum rc rc = RC_OK;

	for (size_t i = 0; i < sizeof(statuses) / sizeof(statuses[0]); i++)
		if (write_page(&r, statuses[i], dir))
			rc = RC_FAIL;
	return rc;
}
