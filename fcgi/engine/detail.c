#include "detail.h"

void
detail_open(struct xml *x, const char *id)
{
	xml_open(x, "detail");
	xml_attr(x, "id", id);
}

/* A value with its name and type; without one, nothing. */
static void
write_value(struct xml *x, const char *element, const char *name,
	const char *type, const char *set, const char *href, const char *value)
{
	if (!value || !*value)
		return;
	xml_open(x, element);
	xml_attr(x, "name", name);
	xml_attr(x, "type", type);
	xml_attr(x, "set", set);
	xml_attr(x, "href", href);
	xml_text(x, value);
	xml_close(x);
}

void
detail_item(struct xml *x, const char *name, const char *type, const char *set,
	const char *value)
{
	write_value(x, "item", name, type, set, NULL, value);
}

void
detail_link(struct xml *x, const char *name, const char *type, const char *href,
	const char *value)
{
	write_value(x, "item", name, type, NULL, href, value);
}

void
line_open(struct xml *x, const char *code, const char *href, const char *title,
	const char *set, const char *state)
{
	xml_open(x, "line");
	xml_attr(x, "code", code);
	xml_attr(x, "href", href);
	xml_attr(x, "title", title);
	xml_attr(x, "set", set);
	xml_attr(x, "state", state);
}

void
line_part(struct xml *x, const char *name, const char *type, const char *set,
	const char *value)
{
	write_value(x, "part", name, type, set, NULL, value);
}

void
line_link(struct xml *x, const char *name, const char *type, const char *href,
	const char *value)
{
	write_value(x, "part", name, type, NULL, href, value);
}

void
detail_arg(struct xml *x, const char *type, const char *set, const char *value)
{
	write_value(x, "arg", NULL, type, set, NULL, value);
}

void
note_open(struct xml *x, const char *id, const char *kind, const char *icon,
	const char *href)
{
	xml_open(x, "note");
	xml_attr(x, "id", id);
	xml_attr(x, "kind", kind);
	xml_attr(x, "icon", icon);
	xml_attr(x, "href", href);
}

void
action_link(struct xml *x, const char *id, const char *look, const char *icon,
	const char *href)
{
	xml_open(x, "action");
	xml_attr(x, "id", id);
	xml_attr(x, "look", look);
	xml_attr(x, "icon", icon);
	xml_attr(x, "href", href);
	xml_close(x);
}

void
action_post(struct xml *x, const char *id, const char *look, const char *icon,
	const char *action, const char *key)
{
	xml_open(x, "action");
	xml_attr(x, "id", id);
	xml_attr(x, "method", "post");
	xml_attr(x, "action", action);
	xml_attr(x, "key", key);
	xml_attr(x, "icon", icon);
	xml_attr(x, "look", look);
	xml_close(x);
}
