#include "../core/log.h"
#include "print.h"

static struct fo *
formatter(const struct config *config)
{
	static struct fo *fo;
	struct fo_config settings = {0};
	struct buffer *errors;
	struct pool *p;

	if (fo)
		return fo;
	p = pool_create(); /* the process's own */
	errors = buffer_create(p);
	settings.brand = config->brand.dir;
	fo = fo_load(p, &settings, errors);
	if (!fo) {
		log_event(LOG_ERROR, "formatter", "error", errors->data, NULL);
		pool_destroy(p);
	}
	return fo;
}

enum rc
print_check(struct pool *p, const struct config *config, struct buffer *errors)
{
	const struct fo_config settings = {.brand = config->brand.dir};

	return fo_load(p, &settings, errors) ? RC_OK : RC_FAIL;
}

enum rc
print_pdf(struct pool *p, const struct config *config, struct render *render,
	const char *sheet, xmlDoc *doc, const struct fo_info *info,
	struct buffer *pdf)
{
	struct fo *fo = formatter(config);
	char error[200] = "";
	xmlDoc *tree;

	if (!fo)
		return RC_FAIL;
	if (render_fo(render, p, sheet, doc, &tree)) {
		log_event(LOG_ERROR, "print", "sheet", sheet, "error",
			"no such stylesheet, or it failed", NULL);
		return RC_FAIL;
	}
	if (!fo_render(fo, p, tree, info, pdf, error, sizeof(error)))
		return RC_OK;
	log_event(LOG_ERROR, "print", "sheet", sheet, "error", error, NULL);
	return RC_FAIL;
}
