#include <sodium.h>
#include <string.h>

#include "../core/text.h"
#include "session.h"

/* The token: a mask, and the cookie's HMAC under it, so that no two answers
 * hold the same bytes and a compressed page tells nothing of it. */
enum { MAC = 32 };

static void
mac_of(const struct config_key *key, const char *cookie, unsigned char mac[MAC])
{
	crypto_auth_hmacsha256_state state;

	crypto_auth_hmacsha256_init(&state, key->bytes, sizeof(key->bytes));
	crypto_auth_hmacsha256_update(
		&state, (const unsigned char *)cookie, strlen(cookie));
	crypto_auth_hmacsha256_final(&state, mac);
}

const char *
csrf_token(struct request *r)
{
	unsigned char token[2 * MAC];

	if (!session_cookie_valid(r->cookie))
		session_cookie_give(r);
	randombytes_buf(token, MAC);
	mac_of(config_key(r->config, "csrf", NULL), r->cookie, token + MAC);
	for (int i = 0; i < MAC; i++)
		token[MAC + i] ^= token[i];
	return text_base64url(r->pool, token, sizeof(token));
}

bool
csrf_valid(struct request *r)
{
	const char *field = params_get(&r->post, "csrf");
	unsigned char *token;
	size_t len;

	if (!field || !session_cookie_valid(r->cookie))
		return false;
	token = text_base64url_decode(r->pool, field, &len);
	if (!token || len != 2 * MAC)
		return false;
	for (int i = 0; i < MAC; i++)
		token[i] ^= token[MAC + i];
	/* An older key still counts: forms were open when it changed. */
	for (size_t i = 0; i < r->config->key_count; i++) {
		const struct config_key *key = &r->config->keys[i];
		unsigned char mac[MAC];

		if (strcmp(key->name, "csrf") != 0)
			continue;
		mac_of(key, r->cookie, mac);
		if (!sodium_memcmp(mac, token, MAC))
			return true;
	}
	return false;
}
