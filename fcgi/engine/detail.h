#ifndef ENGINE_DETAIL_H
#define ENGINE_DETAIL_H

#include "../core/xml.h"

/*
 * Small pieces of pages and mails, written where the XML is open. set: of
 * a state, else NULL. An empty or NULL value writes nothing.
 */

/* <detail id>; closed by xml_close(). */
void detail_open(struct xml *, const char *id);

/* <item name type set>value</item> in a <detail>. */
void detail_item(struct xml *, const char *name, const char *type,
	const char *set, const char *value);

/* The same as a link to href; NULL: no link. */
void detail_link(struct xml *, const char *name, const char *type,
	const char *href, const char *value);

/*
 * <line code href title set state> in a <lines id>, open for parts: one of
 * several things, what it is called, and its state. href, set and state may
 * be NULL.
 */
void line_open(struct xml *, const char *code, const char *href,
	const char *title, const char *set, const char *state);

/* <part name type set>value</part>: what else there is to say of it. name may
 * be NULL: the text lines.ID.NAME says what it is. */
void line_part(struct xml *, const char *name, const char *type,
	const char *set, const char *value);

/* The same as a link to href. */
void line_link(struct xml *, const char *name, const char *type,
	const char *href, const char *value);

/* <arg type set>value</arg> of a text. */
void detail_arg(
	struct xml *, const char *type, const char *set, const char *value);

/* <note id kind icon href>, open for arguments; icon and href may be NULL. */
void note_open(struct xml *, const char *id, const char *kind, const char *icon,
	const char *href);

/* <action id look icon href> in an <actions>; look and icon may be NULL. */
void action_link(struct xml *, const char *id, const char *look,
	const char *icon, const char *href);

/* The same as a form that posts to action, with that key. */
void action_post(struct xml *, const char *id, const char *look,
	const char *icon, const char *action, const char *key);

#endif
