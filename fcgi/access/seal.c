#include <limits.h>
#include <openssl/evp.h>
#include <sodium.h>
#include <string.h>

#include "seal.h"

enum { OWNER_BYTES = 8 };

static void
owner_bytes(int64_t owner, unsigned char bytes[OWNER_BYTES])
{
	for (int i = OWNER_BYTES - 1; i >= 0; i--) {
		bytes[i] = (unsigned char)(owner & 0xff);
		owner = (int64_t)((uint64_t)owner >> 8);
	}
}

static bool
encrypt(EVP_CIPHER_CTX *c, const struct config_key *key,
	const unsigned char *owner, const unsigned char *plain, int len,
	unsigned char *sealed)
{
	unsigned char *text = sealed + SEAL_NONCE;
	int n;

	return EVP_EncryptInit_ex(
		       c, EVP_aes_256_gcm(), NULL, key->bytes, sealed) &&
	       EVP_EncryptUpdate(c, NULL, &n, owner, OWNER_BYTES) &&
	       EVP_EncryptUpdate(c, text, &n, plain, len) &&
	       EVP_EncryptFinal_ex(c, text + n, &n) &&
	       EVP_CIPHER_CTX_ctrl(
		       c, EVP_CTRL_GCM_GET_TAG, SEAL_TAG, text + len);
}

static bool
decrypt(EVP_CIPHER_CTX *c, const struct config_key *key,
	const unsigned char *owner, const unsigned char *sealed, int len,
	unsigned char *plain)
{
	const unsigned char *text = sealed + SEAL_NONCE;
	unsigned char tag[SEAL_TAG];
	int n;

	memcpy(tag, text + len, SEAL_TAG);
	return EVP_DecryptInit_ex(
		       c, EVP_aes_256_gcm(), NULL, key->bytes, sealed) &&
	       EVP_DecryptUpdate(c, NULL, &n, owner, OWNER_BYTES) &&
	       EVP_DecryptUpdate(c, plain, &n, text, len) &&
	       EVP_CIPHER_CTX_ctrl(c, EVP_CTRL_GCM_SET_TAG, SEAL_TAG, tag) &&
	       EVP_DecryptFinal_ex(c, plain + n, &n) == 1;
}

bool
seal(const struct config_key *key, int64_t owner, const void *plain, size_t len,
	unsigned char *sealed)
{
	EVP_CIPHER_CTX *c = EVP_CIPHER_CTX_new();
	unsigned char bytes[OWNER_BYTES];
	bool good;

	owner_bytes(owner, bytes);
	good = c && len <= INT_MAX && sodium_init() >= 0;
	if (good) {
		randombytes_buf(sealed, SEAL_NONCE);
		good = encrypt(c, key, bytes, plain, (int)len, sealed);
	}
	EVP_CIPHER_CTX_free(c);
	return good;
}

bool
seal_open(const struct config_key *key, int64_t owner, const void *sealed,
	size_t len, unsigned char *plain)
{
	EVP_CIPHER_CTX *c = EVP_CIPHER_CTX_new();
	unsigned char bytes[OWNER_BYTES];
	bool good;

	owner_bytes(owner, bytes);
	good = c && len >= SEAL_EXTRA && len <= INT_MAX &&
	       decrypt(c, key, bytes, sealed, (int)(len - SEAL_EXTRA), plain);
	if (!good && len >= SEAL_EXTRA)
		sodium_memzero(plain, len - SEAL_EXTRA);
	EVP_CIPHER_CTX_free(c);
	return good;
}
