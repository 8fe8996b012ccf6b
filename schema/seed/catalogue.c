#include <string.h>

#include "seed.h"

/* Categories, products, and what people say about them. */

static const char *const phrase_uses[PHRASE_COUNT] = {"opening", "closing",
	"message", "move", "to_depot", "from_depot", "pick_up", "rental",
	"adaptation", "delivery", "cleaning", "cleaned", "inspection",
	"inspected", "moved", "stored", "fetched", "collected", "delivered",
	"adapted", "no_fault", "reject", "withdrawn", "refuse", "hold",
	"cancel", "could_not", "other_date", "out_of_service", "scrapped"};

static const char *const name_uses[NAME_COUNT] = {
	"surname", "customer", "town", "location", "department", "street"};

static int
category_by_key(const struct world *w, const char *key)
{
	for (int i = 0; i < w->categories.count; i++)
		if (strcmp(w->categories.at[i].key, key) == 0)
			return i + 1;
	return 0;
}

static void
load_categories(struct world *w)
{
	struct tsv t = tsv_open(w->pool, w->dir, "categories.tsv");

	while (tsv_next(&t)) {
		bool top = strcmp(t.field[1], "-") == 0;
		int parent = top ? 0 : category_by_key(w, t.field[1]);
		struct category *c;

		if (!top && !parent)
			tsv_fail(&t, "no such category above it");
		c = ADD(w->categories);
		c->key = t.field[0];
		c->parent = parent;
		c->iso9999 = t.field[2];
		if (strcmp(t.field[3], "-") != 0)
			c->months = tsv_number(&t, 3);
		c->nl = t.field[4];
		c->en = t.field[5];
	}
}

static void
load_products(struct world *w)
{
	struct tsv t = tsv_open(w->pool, w->dir, "products.tsv");
	int sum = 0;

	while (tsv_next(&t)) {
		struct product *p = ADD(w->products);

		p->number = t.field[0];
		p->category = category_by_key(w, t.field[1]);
		if (!p->category || !GET(w->categories, p->category)->parent)
			tsv_fail(&t, "no such subcategory");
		p->make = t.field[2];
		p->type = t.field[3];
		p->price = tsv_number(&t, 4);
		p->day_price = tsv_number(&t, 5);
		sum += tsv_number(&t, 6);
		*ADD(w->product_sums) = sum;
		p->rented = tsv_number(&t, 7);
		p->serial = t.field[8];
		p->specs = t.field[9];
		p->nl = t.field[10];
		p->en = t.field[11];
	}
}

static void
load_defects(struct world *w)
{
	struct tsv t = tsv_open(w->pool, w->dir, "defects.tsv");
	LIST(int) of = {0};

	while (tsv_next(&t)) {
		struct defect *d = ADD(w->defects);
		int category = category_by_key(w, t.field[0]);

		if (!category)
			tsv_fail(&t, "no such category");
		*ADD(of) = category;
		d->text = t.field[1];
		d->work = t.field[2];
		d->cost = tsv_number(&t, 3);
	}
	for (int c = 1; c <= w->categories.count; c++) {
		struct category *category = GET(w->categories, c);

		category->defects = w->defect_of.count;
		for (int i = 0; i < of.count; i++)
			if (of.at[i] == c || of.at[i] == category->parent)
				*ADD(w->defect_of) = i + 1;
		category->defect_count = w->defect_of.count - category->defects;
		if (category->parent && !category->defect_count)
			seed_fail("defects.tsv: nothing for %s", category->key);
	}
}

/* Lines of a use and a text; - is the empty one. */
static void
load_texts(struct world *w, const char *file, const char *const *uses,
	struct texts *texts, int count)
{
	struct tsv t = tsv_open(w->pool, w->dir, file);

	while (tsv_next(&t)) {
		int use = 0;

		while (use < count && strcmp(uses[use], t.field[0]) != 0)
			use++;
		if (use == count)
			tsv_fail(&t, "no such use");
		*ADD(texts[use]) =
			strcmp(t.field[1], "-") == 0 ? "" : t.field[1];
	}
	for (int use = 0; use < count; use++)
		if (!texts[use].count)
			seed_fail("%s: nothing for %s", file, uses[use]);
}

void
catalogue_load(struct world *w)
{
	load_categories(w);
	load_products(w);
	load_defects(w);
	load_texts(w, "phrases.tsv", phrase_uses, w->phrases, PHRASE_COUNT);
	load_texts(w, "names.tsv", name_uses, w->names, NAME_COUNT);
}

int
product_by_number(const struct world *w, const char *number)
{
	for (int i = 0; i < w->products.count; i++)
		if (strcmp(w->products.at[i].number, number) == 0)
			return i + 1;
	seed_fail("products.tsv: no product %s", number);
}

const struct category *
product_category(const struct world *w, int product)
{
	return GET(w->categories, GET(w->products, product)->category);
}

const struct defect *
product_defect(const struct world *w, int product, struct rng *r)
{
	const struct category *c = product_category(w, product);
	int i = c->defects + rng_below(r, c->defect_count);

	return GET(w->defects, w->defect_of.at[i]);
}

const char *
phrase(const struct world *w, enum phrase use, struct rng *r)
{
	return w->phrases[use].at[rng_below(r, w->phrases[use].count)];
}

const char *
name_of(const struct world *w, enum name use, struct rng *r)
{
	return w->names[use].at[rng_below(r, w->names[use].count)];
}

static void
write_categories(const struct world *w)
{
	struct batch *category = batch_open(
		w->db, "category", "id,parent_id,iso9999,inspection_months");
	struct batch *text =
		batch_open(w->db, "category_text", "category_id,lang,name");

	for (int id = 1; id <= w->categories.count; id++) {
		const struct category *c = GET(w->categories, id);

		BATCH_ROW(category, v_number(id), v_id(c->parent),
			v_text(c->iso9999), v_id(c->months));
		BATCH_ROW(text, v_number(id), v_text("nl"), v_text(c->nl));
		BATCH_ROW(text, v_number(id), v_text("en"), v_text(c->en));
	}
	batch_close(category);
	batch_close(text);
}

/* What a key of specs.tsv is called. */
struct spec {
	const char *key, *nl, *en;
};

struct specs {
	LIST(struct spec) list;
};

static struct specs
load_specs(const struct world *w)
{
	struct tsv t = tsv_open(w->pool, w->dir, "specs.tsv");
	struct specs s = {{0}};

	while (tsv_next(&t))
		*ADD(s.list) =
			(struct spec){t.field[0], t.field[1], t.field[2]};
	return s;
}

static const struct spec *
find_spec(const struct specs *s, const struct product *p, const char *key)
{
	for (int i = 0; i < s->list.count; i++)
		if (strcmp(s->list.at[i].key, key) == 0)
			return &s->list.at[i];
	seed_fail("products.tsv: %s: no specification %s", p->number, key);
}

/* key=value;key=value|English value */
static void
write_specs(const struct world *w, struct batch *b, const struct specs *specs,
	int id)
{
	const struct product *p = GET(w->products, id);
	char *rest = pool_strdup(w->pool, p->specs), *one;

	for (int position = 1; (one = strsep(&rest, ";")); position++) {
		const struct spec *s = find_spec(specs, p, strsep(&one, "="));
		const char *nl = strsep(&one, "|");
		const char *en = one ? one : nl;

		BATCH_ROW(b, v_number(id), v_number(position), v_text("nl"),
			v_text(s->nl), v_text(nl));
		BATCH_ROW(b, v_number(id), v_number(position), v_text("en"),
			v_text(s->en), v_text(en));
	}
}

void
catalogue_write(const struct world *w)
{
	struct batch *product = batch_open(w->db, "product",
		"id,number,category_id,make,type,sellable,rentable");
	struct batch *text = batch_open(
		w->db, "product_text", "product_id,lang,description");
	struct batch *specification = batch_open(w->db, "product_specification",
		"product_id,position,lang,name,value");
	struct specs specs = load_specs(w);

	write_categories(w);
	for (int id = 1; id <= w->products.count; id++) {
		const struct product *p = GET(w->products, id);

		BATCH_ROW(product, v_number(id), v_text(p->number),
			v_number(p->category), v_text(p->make), v_text(p->type),
			v_number(1), v_number(p->day_price > 0));
		BATCH_ROW(text, v_number(id), v_text("nl"), v_text(p->nl));
		BATCH_ROW(text, v_number(id), v_text("en"), v_text(p->en));
		write_specs(w, specification, &specs, id);
	}
	batch_close(product);
	batch_close(text);
	batch_close(specification);
}
