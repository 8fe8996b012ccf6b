#include <errno.h>
#include <sodium.h>
#include <string.h>
#include <unistd.h>

#include <zxcvbn.h>

#include "../core/log.h"
#include "../core/text.h"
#include "password.h"

enum { PASSES = 2, MEMORY = 19 * 1024 * 1024 };

/* The entropy of what takes 10^10 tries, and how far zxcvbn looks: what it
 * does grows faster than the length. */
enum { ENTROPY_BITS = 34, LOOK_AT = 100 };

/* Dutch words that passwords are made of; zxcvbn knows the English ones. */
static const char *const common[] = {"welkom", "wachtwoord", "geheim",
	"inloggen", "lente", "zomer", "herfst", "winter", "januari", "februari",
	"maart", "april", "juni", "juli", "augustus", "september", "oktober",
	"november", "december", "maandag", "dinsdag", "woensdag", "donderdag",
	"vrijdag", "zaterdag", "zondag", "nederland", "amsterdam", "liefde",
	"voetbal", "zorg", "hulpmiddel", "hulpbalie", "rolstoel", "verpleging"};

/* Of a password nobody knows; a test holds its costs equal to ours. */
static const char nobody[] =
	"$argon2id$v=19$m=19456,t=2,p=1"
	"$KhFYI3yuTT9g+d2TJm/kZw$agZrSJc9em6KF17YjEbA/z/vDoRiCa9BFv3kfHrDcNw";

/* Without it nobody's password can be told right from wrong. */
static void
ready(void)
{
	if (sodium_init() >= 0)
		return;
	log_event(LOG_ERROR, "password", "what", "libsodium", NULL);
	_exit(71);
}

bool
password_hash(const char *password, char hash[PASSWORD_HASH_SIZE])
{
	size_t len = strlen(password);

	_Static_assert(PASSWORD_HASH_SIZE == crypto_pwhash_argon2id_STRBYTES,
		"the column of the hash");
	ready();
	return len <= PASSWORD_MAX &&
	       !crypto_pwhash_argon2id_str(hash, password, len, PASSES, MEMORY);
}

bool
password_check(const char *hash, const char *password)
{
	size_t len = strlen(password);
	bool known = hash && len <= PASSWORD_MAX;
	bool good;

	ready();
	if (len > PASSWORD_MAX)
		len = PASSWORD_MAX;
	errno = 0;
	good = !crypto_pwhash_argon2id_str_verify(
		known ? hash : nobody, password, len);
	if (!good && errno == ENOMEM) {
		log_event(LOG_ERROR, "memory", "what", "password", NULL);
		_exit(71);
	}
	return known && good;
}

bool
password_is_old(const char *hash)
{
	ready();
	return crypto_pwhash_argon2id_str_needs_rehash(hash, PASSES, MEMORY);
}

const char *
password_refused(const char *password, size_t least, const char *const known[])
{
	enum { COMMON = sizeof(common) / sizeof(common[0]) };
	const char *words[COMMON + PASSWORD_KNOWN + 1];
	char begin[LOOK_AT + 1];
	size_t count = 0;

	if (text_length(password) <
		(least > PASSWORD_MIN ? least : PASSWORD_MIN))
		return "password-short";
	if (strlen(password) > PASSWORD_MAX)
		return "password-long";
	for (; count < PASSWORD_KNOWN && known[count]; count++)
		words[count] = known[count];
	memcpy(words + count, common, sizeof(common));
	words[count + COMMON] = NULL;
	strncpy(begin, password, LOOK_AT);
	begin[LOOK_AT] = '\0';
	return ZxcvbnMatch(begin, words, NULL) < ENTROPY_BITS ? "password-weak"
							      : NULL;
}
