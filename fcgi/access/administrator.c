#include <sodium.h>
#include <stdio.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

#include "../core/request.h"
#include "../core/text.h"
#include "../rules/contact.h"
#include "administrator.h"
#include "password.h"
#include "seal.h"

enum { SECRET = 20, SECRET_TEXT = 32, NAME_MAX_LENGTH = 100 };

struct administrator {
	const struct config *config;
	struct db *db;
	const char *email;
	const char *name;
	char hash[PASSWORD_HASH_SIZE];
	unsigned char secret[SECRET];
};

static enum rc
told(enum rc rc, const char *what)
{
	fprintf(stderr, "hulpbalie: %s\n", what);
	return rc;
}

/* One line, without its end; a terminal does not show it. */
static bool
read_line(const char *question, char *line, size_t size)
{
	struct termios before, quiet;
	bool terminal = tcgetattr(STDIN_FILENO, &before) == 0;
	bool good;

	if (terminal) {
		quiet = before;
		quiet.c_lflag &= ~(tcflag_t)ECHO;
		fputs(question, stderr);
		tcsetattr(STDIN_FILENO, TCSAFLUSH, &quiet);
	}
	good = fgets(line, (int)size, stdin) != NULL;
	if (terminal) {
		tcsetattr(STDIN_FILENO, TCSAFLUSH, &before);
		fputc('\n', stderr);
	}
	if (good)
		line[strcspn(line, "\r\n")] = '\0';
	return good;
}

static enum rc
ask_password(char hash[PASSWORD_HASH_SIZE])
{
	char line[PASSWORD_MAX + 2], again[PASSWORD_MAX + 2];
	enum rc rc = RC_OK;

	if (!read_line("Password: ", line, sizeof(line)) ||
		!text_valid(line, strlen(line)) ||
		text_length(line) < ADMINISTRATOR_PASSWORD_MIN)
		rc = told(RC_INVALID,
			"the password wants at least 12 characters");
	else if (isatty(STDIN_FILENO) &&
		 (!read_line("Again: ", again, sizeof(again)) ||
			 strcmp(line, again) != 0))
		rc = told(RC_INVALID, "that is another password");
	else if (!password_hash(line, hash))
		rc = told(RC_INVALID, "the password is too long");
	sodium_memzero(line, sizeof(line));
	sodium_memzero(again, sizeof(again));
	return rc;
}

static enum rc
add_factor(struct administrator *a, int64_t account)
{
	const struct config_key *key = config_key(a->config, "factor", NULL);
	unsigned char sealed[SECRET + SEAL_EXTRA];

	if (!seal(key, account, a->secret, SECRET, sealed))
		return RC_FAIL;
	return db_exec(a->db, SQL_ADMINISTRATOR_FACTOR,
		DB_ARGS(db_int("account", account), db_text("key", key->id),
			db_bytes("secret", sealed, sizeof(sealed))),
		NULL);
}

static enum rc
add_audit(struct administrator *a, int64_t account)
{
	char id[REQUEST_ID_SIZE];

	request_name(id);
	return db_exec(a->db, SQL_ADMINISTRATOR_AUDIT,
		DB_ARGS(db_text("request", id), db_int("account", account)),
		NULL);
}

static enum rc
add_account(void *arg)
{
	struct administrator *a = arg;
	int64_t account;
	enum rc rc = db_exec(a->db, SQL_ADMINISTRATOR_ADD,
		DB_ARGS(db_text("email", a->email), db_text("name", a->name),
			db_text("hash", a->hash)),
		NULL);

	if (rc)
		return db_duplicate(a->db) ? RC_CONFLICT : rc;
	account = db_insert_id(a->db);
	rc = add_factor(a, account);
	if (rc == RC_OK)
		rc = db_exec(a->db, SQL_ADMINISTRATOR_MEMBER,
			DB_ARGS(db_int("account", account)), NULL);
	return rc ? rc : add_audit(a, account);
}

/* RFC 4648, as authenticator apps want it. */
static void
base32(const unsigned char secret[SECRET], char text[SECRET_TEXT + 1])
{
	static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

	for (int i = 0; i < SECRET_TEXT; i++) {
		int at = i * 5;
		unsigned two = (unsigned)secret[at / 8] << 8 |
			       (at / 8 + 1 < SECRET ? secret[at / 8 + 1] : 0u);

		text[i] = digits[two >> (11 - at % 8) & 31];
	}
	text[SECRET_TEXT] = '\0';
}

static void
print_key(const struct administrator *a)
{
	char text[SECRET_TEXT + 1];

	base32(a->secret, text);
	printf("%s may log in at %s/login\n"
	       "Key for the authenticator app, shown this once: %s\n"
	       "otpauth://totp/Hulpbalie:%s?secret=%s&issuer=Hulpbalie\n",
		a->email, a->config->origin, text, a->email, text);
	sodium_memzero(text, sizeof(text));
}

enum rc
administrator_make(const struct config *config, struct db *db,
	const char *email, const char *name)
{
	struct administrator a = {
		.config = config, .db = db, .email = email, .name = name};
	enum rc rc;

	if (!contact_email(email))
		return told(RC_INVALID, "that is no e-mail address");
	if (!*name || !text_valid(name, strlen(name)) ||
		text_length(name) > NAME_MAX_LENGTH)
		return told(RC_INVALID, "the name wants 1 to 100 characters");
	rc = ask_password(a.hash);
	if (rc)
		return rc;
	randombytes_buf(a.secret, SECRET);
	rc = db_transaction(db, add_account, &a, NULL);
	if (rc == RC_OK)
		print_key(&a);
	else
		told(rc, rc == RC_CONFLICT ? "there is an account of that "
					     "address already"
					   : db_error(db));
	sodium_memzero(a.secret, SECRET);
	return rc;
}
