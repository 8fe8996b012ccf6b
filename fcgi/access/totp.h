#ifndef ACCESS_TOTP_H
#define ACCESS_TOTP_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <time.h>

/*
 * Codes of an authenticator app (RFC 6238): SHA-1, 6 digits, 30 seconds.
 * They need no configuration, so the seed program and tests use them too.
 */
enum { TOTP_DIGITS = 6, TOTP_SECRET_MAX = 64, TOTP_STEP_SECONDS = 30 };

/*
 * Is the code (TOTP_DIGITS digits) that of now, of the step before or of the
 * one after? *counter receives the step it belongs to: the caller must see
 * to it that no step is used twice.
 */
bool totp_check(const unsigned char *secret, size_t len, const char *code,
	time_t now, uint64_t *counter);

/* The code of a moment. */
bool totp_code(const unsigned char *secret, size_t len, time_t at,
	char code[TOTP_DIGITS + 1]);

/* A secret as apps show it: base32, spaces allowed. *len: its size. */
bool totp_secret(
	const char *base32, unsigned char secret[TOTP_SECRET_MAX], size_t *len);

#endif
