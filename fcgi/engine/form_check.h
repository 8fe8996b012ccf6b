#ifndef ENGINE_FORM_CHECK_H
#define ENGINE_FORM_CHECK_H

#include "../core/pool.h"
#include "form_load.h"

/*
 * What was typed, as the value it means: a date as YYYY-MM-DD, money in
 * cents, a number or code without spaces, a phone number of ten digits.
 * *error: NULL, or the error's id (text error.ID). Empty input is "".
 */
const char *form_check(struct pool *, const struct field_def *,
	const char *typed, const char **error);

/* "1.577,23", "1577.23", "€ 12": cents. */
bool form_cents(const char *typed, int64_t *cents);

#endif
