#include "tag.h"

struct tag *
tag_create(struct pool *pool, struct tag *parent, enum fo_role role)
{
	struct tag *t = pool_alloc(pool, sizeof(*t));

	t->parent = parent;
	t->role = role;
	t->span = 1;
	t->end = &t->kids;
	return t;
}

static struct tag_kid *
add_kid(struct pool *pool, struct tag *t, enum tag_kid_kind kind)
{
	struct tag_kid *kid = pool_alloc(pool, sizeof(*kid));

	kid->kind = kind;
	*t->end = kid;
	t->end = &kid->next;
	return kid;
}

void
tag_attach(struct pool *pool, struct tag *t)
{
	if (t->attached)
		return;
	t->attached = true;
	if (!t->parent)
		return;
	tag_attach(pool, t->parent);
	add_kid(pool, t->parent, TAG_ELEMENT)->tag = t;
}

void
tag_content(struct pool *pool, struct tag *t, int page, int number)
{
	struct tag_kid *kid;

	tag_attach(pool, t);
	kid = add_kid(pool, t, TAG_CONTENT);
	kid->page = page;
	kid->number = number;
}

void
tag_link(struct pool *pool, struct tag *t, int number)
{
	tag_attach(pool, t);
	add_kid(pool, t, TAG_LINK)->number = number;
}
