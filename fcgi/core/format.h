#ifndef CORE_FORMAT_H
#define CORE_FORMAT_H

#include <stdbool.h>
#include <stdint.h>

#include "pool.h"

/*
 * How values look to people: the page, the PDF, mail and Excel all use
 * these. Input is raw (ISO dates, UTC times, cents). NULL and "" give "";
 * what is not of the expected form comes back unchanged, so that a mistake
 * can be seen and nothing is lost. Results are UTF-8, in the pool.
 * Spaces inside a value don't break (U+00A0).
 */
enum lang { LANG_NL, LANG_EN, LANG_COUNT };

/* "nl" and "en"; anything else is Dutch. */
enum lang lang_parse(const char *code);
const char *lang_code(enum lang);

/* 2026-11-22, or a time: 22-11-2026; English 22 Nov 2026. */
char *format_date(struct pool *, enum lang, const char *date);

/* zondag 22 november 2026; Sunday 22 November 2026. */
char *format_date_long(struct pool *, enum lang, const char *date);

/* A date in a choice, that is near: 22-11; English 22 Nov. */
char *format_date_short(struct pool *, enum lang, const char *date);

/*
 * 2026-11-21T09:42:00Z, in Europe/Amsterdam: 21-11-2026, 10.42 uur;
 * 21 Nov 2026, 10:42.
 */
char *format_datetime(struct pool *, enum lang, const char *time);

/* The time alone: 10.42 uur; 10:42. Takes also 10:42 and 10:42:00. */
char *format_time(struct pool *, enum lang, const char *time);

/* Cents, 157723: € 1.577,23; a true minus sign before: −€ 12,50. */
char *format_money(struct pool *, enum lang, const char *cents);

/* Cents as typed into a field: 1577,23; 1577.23. */
char *format_amount(struct pool *, enum lang, const char *cents);

/* 1284 or 12.5: 1.284 and 12,5; 1,284 and 12.5. */
char *format_number(struct pool *, enum lang, const char *number);

/* Runs of five and more digits in threes: 204 817, 2026-118 342. */
char *format_code(struct pool *, const char *code);

/* Dutch numbers, +31 or 0 first: 050 000 12 00, 06 12 34 56 78. */
char *format_phone(struct pool *, const char *phone);

/* For a link: tel:+31500001200. Of other numbers the digits and the +. */
char *format_tel(struct pool *, const char *phone);

/* For a link: mailto:a%26b@x.example. What an address may hold, ? and & too,
 * adds no recipient and no text to the mail. */
char *format_mailto(struct pool *, const char *email);

/*
 * A formatted date alone, 22-11-2026, for within a sentence: its hyphens
 * become U+2011. Anything else is s itself.
 */
const char *format_unbroken(struct pool *, const char *s);

/* Is there a format of that name, or does format_value() change nothing? */
bool format_has(const char *type);

/*
 * By the name of a column's or field's type: date, date-long, date-short,
 * datetime, time, money, amount, number, code, phone; others unchanged. A
 * state is a word, not a format: words.h.
 */
char *format_value(
	struct pool *, enum lang, const char *type, const char *value);

#endif
