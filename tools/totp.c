/*
 * totp [SECRET]: the six digits that an authenticator app shows now for a
 * secret in base32, the demo's without one. A code is taken once: a second
 * log-in of the same account waits for the next.
 */
#include <liboath/oath.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { STEP_SECONDS = 30, DIGITS = 6 };

int
main(int argc, char **argv)
{
	const char *base32 = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP";
	char code[DIGITS + 1];
	char *secret;
	size_t len;
	time_t now = time(NULL);

	if (argc > 1)
		base32 = argv[1];
	if (oath_base32_decode(base32, strlen(base32), &secret, &len) !=
			OATH_OK ||
		oath_totp_generate(secret, len, now, STEP_SECONDS,
			OATH_TOTP_DEFAULT_START_TIME, DIGITS,
			code) != OATH_OK) {
		fputs("totp: want a secret in base32\n", stderr);
		return 1;
	}
	free(secret);
	printf("%s (%d s left)\n", code,
		STEP_SECONDS - (int)(now % STEP_SECONDS));
	return 0;
}
