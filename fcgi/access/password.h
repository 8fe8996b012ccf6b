#ifndef ACCESS_PASSWORD_H
#define ACCESS_PASSWORD_H

#include <stdbool.h>
#include <stddef.h>

/*
 * Passwords as argon2id hashes: 19 MiB, 2 passes, 1 lane, about 35 ms. They
 * need no configuration, so the seed program uses them too.
 */
enum {
	PASSWORD_HASH_SIZE = 128, /* with the NUL */
	PASSWORD_MIN = 12,	  /* characters of a new one */
	PASSWORD_MAX = 1024	  /* bytes; a longer one is never right */
};

/* False: out of memory, or longer than PASSWORD_MAX. */
bool password_hash(const char *password, char hash[PASSWORD_HASH_SIZE]);

/*
 * Is it the one of the hash? A NULL hash (unknown account, no password set)
 * takes as long as any other, and is false.
 */
bool password_check(const char *hash, const char *password);

/*
 * NULL where it may be chosen, else the id of the error: password-short (of
 * fewer than least characters, or PASSWORD_MIN), password-long, or
 * password-weak, where it would be guessed within 10^10 tries. By its length
 * and what is known of how people choose (zxcvbn), not by what characters it is
 * made of (ASVS 5.0, 6.2). known: what an attacker would try first, such as the
 * name of the user; up to NULL, at most PASSWORD_KNOWN.
 */
enum { PASSWORD_KNOWN = 8 };
const char *password_refused(
	const char *password, size_t least, const char *const known[]);

/* Was it made with other costs than today's? */
bool password_is_old(const char *hash);

#endif
