#ifndef SUPPLIER_MECHANICS_MECHANICS_H
#define SUPPLIER_MECHANICS_MECHANICS_H

#include "../../core/request.h"

/*
 * The mechanics of the planner's own branch, or of all for who plans for all
 * (S5): who they are, added, changed, ended.
 */
enum rc mechanics_page(struct request *);
enum rc mechanic_new(struct request *);
enum rc mechanic_edit(struct request *);
enum rc mechanic_end_page(struct request *);

#endif
