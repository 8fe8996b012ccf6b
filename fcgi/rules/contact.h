#ifndef RULES_CONTACT_H
#define RULES_CONTACT_H

#include <stdbool.h>

/*
 * Addresses and numbers as people type them. Source of the Dutch numbers:
 * ten digits, +31 replaces the 0, mobile begins with 06.
 */
enum { CONTACT_PHONE_SIZE = 20, CONTACT_EMAIL_MAX = 254 };

/*
 * Spaces (U+00A0 too), hyphens, dots and brackets are dropped; +31 and 0031
 * become 0. Dutch numbers have ten digits; a foreign one keeps its +, 8 to 15
 * digits.
 */
bool contact_phone(const char *typed, char result[CONTACT_PHONE_SIZE]);

/* A Dutch mobile number, in the form contact_phone() gives. */
bool contact_mobile(const char *phone);

/* local@domain in ASCII, one @, a dot in the domain, at most 254. */
bool contact_email(const char *typed);

/* 1234 AB, also typed 1234ab; without SA, SD, SS. result: "1234 AB". */
bool contact_postcode(const char *typed, char result[8]);

#endif
