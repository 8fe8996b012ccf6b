#ifndef CORE_TEXT_H
#define CORE_TEXT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <time.h>

#include "pool.h"

/*
 * Checks on text from outside, and the few conversions all layers need.
 */

/*
 * Is it well-formed UTF-8 (no overlong forms, no surrogates) of characters
 * that XML 1.0 allows? Tab, line feed and carriage return are.
 */
bool text_valid(const char *, size_t len);

/* text_valid(), and without U+007F to U+009F: what may be typed in a form. */
bool text_clean(const char *, size_t len);

/* How many bytes at its begin are; len where all are. */
size_t text_valid_until(const char *, size_t len);

/* Characters in well-formed UTF-8. */
size_t text_length(const char *);

/* A copy without white space at both ends; CR LF and CR become LF. */
char *text_trim(struct pool *, const char *);

/*
 * A number or code without the (no-break) spaces that it is printed with in
 * groups; NULL where nothing is left, or where it is not all ASCII.
 */
char *text_code(struct pool *, const char *);

/* The whole string as a decimal number; false where it is not one. */
bool text_int(const char *, int64_t *result);

/*
 * A date as 2026-11-25, 25-11-2026, 25/11/2026 or 25.11.2026 (day and month
 * may have one digit), that exists in the calendar, years 1900 to 2199.
 * result receives YYYY-MM-DD.
 */
bool text_date(const char *, char result[11]);

/* YYYY-MM-DD, so many days later (or earlier). */
void text_date_add(const char date[11], int days, char result[11]);

/* Days from the one to the other, negative where until is earlier. */
int text_date_between(const char from[11], const char until[11]);

/*
 * Today in Europe/Amsterdam, YYYY-MM-DD; now in UTC, 2026-11-22T03:10:00Z.
 */
void text_today(char result[11]);
void text_now(char result[21]);

/* Lower case hexadecimal; result holds 2 * len + 1. */
void text_hex(const unsigned char *, size_t len, char *result);

/* Base64 for addresses (A-Z a-z 0-9 - _, without padding). */
char *text_base64url(struct pool *, const unsigned char *, size_t len);
/* NULL where it is none; *len receives the size. */
unsigned char *text_base64url_decode(struct pool *, const char *, size_t *len);

/* For use in the query of an address. */
char *text_urlencode(struct pool *, const char *);

#endif
