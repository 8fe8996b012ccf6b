#ifndef MENU_H
#define MENU_H

#include "core/request.h"

/*
 * The menu of each portal: only what the account may. An item's words are
 * the texts menu.ID, the words above a group menu.group.ID where there are.
 */

/* Writes <menu> where r->xml is open; nothing where nobody is signed in. */
void menu_write(struct request *);

/* The portal's search box; *href NULL: it has none. */
void menu_search(const struct request *, const char **href, const char **name);

/* The address of the first item the account may; else of its account. */
const char *menu_home(const struct request *);

#endif
