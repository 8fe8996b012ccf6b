#include "lazy.h"

void
lazy_set(xmlNode *element, struct lazy *lazy)
{
	element->_private = lazy;
}

struct lazy *
lazy_of(const xmlNode *element)
{
	return element->type == XML_ELEMENT_NODE ? element->_private : NULL;
}

static void
fill(xmlNode *element)
{
	const struct lazy *lazy = lazy_of(element);

	for (size_t i = 0; lazy && i < lazy->count; i++)
		lazy->write(lazy->arg, i);
	element->_private = NULL;
}

void
lazy_fill(xmlNode *element)
{
	xmlNode *node = element;

	for (;;) {
		if (node->type == XML_ELEMENT_NODE) {
			fill(node);
			if (node->children) {
				node = node->children;
				continue;
			}
		}
		while (node != element && !node->next)
			node = node->parent;
		if (node == element)
			return;
		node = node->next;
	}
}

void
lazy_add(struct lazy_row *row, enum lazy_kind kind, const char *name,
	const char *value)
{
	if (row->count < LAZY_VALUES_MAX)
		row->values[row->count++] =
			(struct lazy_value){kind, name, value};
}
