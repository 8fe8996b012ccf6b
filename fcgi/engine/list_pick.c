#include <string.h>

#include "list_write.h"

/* What a page offers to whoever ticks its rows. */

/* Where in the list this page is; NULL: at its begin. */
static const char *
place_of(const struct list_state *s, const char **name)
{
	*name = s->backwards ? "before" : "after";
	if (s->mark_tie)
		return list_mark(s->request->pool, s->mark, s->mark_tie);
	*name = "page";
	return s->page > 1 ? pool_printf(s->request->pool, "%d", s->page)
			   : NULL;
}

/* This page of the list with these ticked. */
static const char *
href_with(const struct list_state *s, struct picks picks)
{
	struct list_state other = *s;
	const char *name, *place = place_of(s, &name);
	const char *query;

	other.picks = picks;
	query = list_state_query(&other, NULL, NULL);
	if (place)
		query = list_state_with(s, query, name, place);
	return pool_printf(s->request->pool, "%s%s", s->href, query);
}

static const char *
href_all(const struct list_state *s)
{
	return pool_printf(s->request->pool, "%s%s", s->href,
		list_state_with(
			s, list_state_query(s, NULL, NULL), "all", "yes"));
}

/* Those of this page, and those that are ticked elsewhere. */
static void
sort_picks(const struct list_state *s, const struct list_result *r,
	struct picks *page, struct picks *elsewhere)
{
	struct pool *p = s->request->pool;

	*page = *elsewhere = (struct picks){0};
	for (size_t i = 0; i < r->count; i++)
		picks_add(p, page, db_str0(db_row(&r->rows, i), "row_key"));
	for (size_t i = 0; i < s->picks.count; i++)
		if (!picks_have(page, s->picks.keys[i]))
			picks_add(p, elsewhere, s->picks.keys[i]);
}

static struct picks
both(struct pool *p, const struct picks *a, const struct picks *b)
{
	struct picks all = {0};

	for (size_t i = 0; i < a->count; i++)
		picks_add(p, &all, a->keys[i]);
	for (size_t i = 0; i < b->count; i++)
		picks_add(p, &all, b->keys[i]);
	return all;
}

/* What the form takes along but for page and size: buttons say which. */
static void
write_state(const struct list_state *s, const struct picks *elsewhere)
{
	struct xml *x = s->request->xml;
	struct pool *p = s->request->pool;
	const char *sort =
		pool_printf(p, "%s%s", s->descending ? "-" : "", s->sort->id);

	for (size_t i = 0; i < s->def->filter_count; i++)
		list_hidden_write(
			x, s->def->filters[i].id, s->filters[i].value);
	if (strcmp(sort, s->def->order) != 0)
		list_hidden_write(x, "sort", sort);
	list_hidden_write(x, "pick", picks_text(p, elsewhere));
}

static void
write_deeds(const struct list_state *s)
{
	struct xml *x = s->request->xml;

	for (size_t i = 0; i < s->def->deed_count; i++) {
		const struct deed_def *d = &s->def->deeds[i];

		if (!list_deed_allowed(s, d))
			continue;
		xml_open(x, "action");
		xml_attr(x, "id", d->id);
		xml_attr(x, "href", d->href);
		xml_attr(x, "icon", d->icon);
		xml_attr(x, "look", d->look);
		xml_close(x);
	}
}

void
list_select_write(const struct list_state *s, const struct list_result *r)
{
	struct pool *p = s->request->pool;
	struct xml *x = s->request->xml;
	bool fits = !r->capped && r->total <= PICKS_MAX;
	struct picks page, elsewhere, more;
	const char *name, *place = place_of(s, &name);

	sort_picks(s, r, &page, &elsewhere);
	more = both(p, &s->picks, &page);
	xml_open(x, "select");
	xml_attr_int(x, "most", PICKS_MAX);
	xml_attr_int(x, "here", (int64_t)page.count);
	xml_attr_int(x, "elsewhere", (int64_t)elsewhere.count);
	xml_attr(x, "name", place ? name : NULL);
	xml_attr(x, "value", place);
	xml_attr(x, "page", more.more ? NULL : href_with(s, more));
	xml_attr(x, "none", href_with(s, (struct picks){0}));
	if (fits && r->total > (int64_t)r->count)
		xml_attr(x, "all", href_all(s));
	write_state(s, &elsewhere);
	write_deeds(s);
	xml_close(x);
}
