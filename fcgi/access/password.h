#ifndef ACCESS_PASSWORD_H
#define ACCESS_PASSWORD_H

#include <stdbool.h>

/*
 * Passwords as argon2id hashes: 19 MiB, 2 passes, 1 lane, about 35 ms. They
 * need no configuration, so the seed program uses them too.
 */
enum {
	PASSWORD_HASH_SIZE = 128, /* with the NUL */
	PASSWORD_MAX = 1024	  /* bytes; a longer one is never right */
};

/* False: out of memory, or longer than PASSWORD_MAX. */
bool password_hash(const char *password, char hash[PASSWORD_HASH_SIZE]);

/*
 * Is it the one of the hash? A NULL hash (unknown account, no password set)
 * takes as long as any other, and is false.
 */
bool password_check(const char *hash, const char *password);

/* Was it made with other costs than today's? */
bool password_is_old(const char *hash);

#endif
