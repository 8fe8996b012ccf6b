#include <liboath/oath.h>
#include <sodium.h>
#include <stdlib.h>
#include <string.h>

#include "totp.h"

static bool
code_of(const unsigned char *secret, size_t len, uint64_t counter,
	char code[TOTP_DIGITS + 1])
{
	return oath_init() == OATH_OK &&
	       oath_hotp_generate((const char *)secret, len, counter,
		       TOTP_DIGITS, false, OATH_HOTP_DYNAMIC_TRUNCATION,
		       code) == OATH_OK;
}

bool
totp_code(const unsigned char *secret, size_t len, time_t at,
	char code[TOTP_DIGITS + 1])
{
	return at >= 0 &&
	       code_of(secret, len, (uint64_t)at / TOTP_STEP_SECONDS, code);
}

bool
totp_check(const unsigned char *secret, size_t len, const char *code,
	time_t now, uint64_t *counter)
{
	uint64_t middle = (uint64_t)now / TOTP_STEP_SECONDS;
	uint64_t first = middle ? middle - 1 : 0;
	bool found = false;

	if (strlen(code) != TOTP_DIGITS || now < 0)
		return false;
	for (uint64_t c = first; c <= middle + 1; c++) {
		char want[TOTP_DIGITS + 1];

		if (!code_of(secret, len, c, want))
			return false;
		if (!sodium_memcmp(want, code, TOTP_DIGITS)) {
			*counter = c;
			found = true;
		}
	}
	return found;
}

bool
totp_secret(
	const char *base32, unsigned char secret[TOTP_SECRET_MAX], size_t *len)
{
	char *bytes = NULL;
	bool good;

	if (oath_init() != OATH_OK || oath_base32_decode(base32, strlen(base32),
					      &bytes, len) != OATH_OK)
		return false;
	good = *len > 0 && *len <= TOTP_SECRET_MAX;
	if (good)
		memcpy(secret, bytes, *len);
	free(bytes);
	return good;
}
