#ifndef ACCESS_SEAL_H
#define ACCESS_SEAL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "../core/config.h"

/*
 * Secrets kept in the database: AES-256-GCM under a key of the keys file,
 * bound to the row they belong to, so that a secret copied to another row
 * does not open. Stored: nonce, text, tag; beside it the key's id, so that
 * what was sealed under an older key still opens.
 */
enum { SEAL_NONCE = 12, SEAL_TAG = 16, SEAL_EXTRA = SEAL_NONCE + SEAL_TAG };

/* owner: id of the account (or client). sealed: len + SEAL_EXTRA bytes.
 * False: OpenSSL failed. */
bool seal(const struct config_key *, int64_t owner, const void *plain,
	size_t len, unsigned char *sealed);

/* plain: len - SEAL_EXTRA bytes. False: another key, another owner, or
 * changed since; plain then holds nothing. */
bool seal_open(const struct config_key *, int64_t owner, const void *sealed,
	size_t len, unsigned char *plain);

#endif
