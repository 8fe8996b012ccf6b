#ifndef JOBS_LOGIN_HELP_H
#define JOBS_LOGIN_HELP_H

#include <stdbool.h>

#include "../core/request.h"

/*
 * Answers one who asked for help with logging in (C3): a link to set a
 * password for an active account, a word to one that is deactivated, and
 * nothing to an address that nobody has or that had its mails of this hour. An
 * account that was locked by wrong guesses is told so.
 * r: a request of the jobs' own, with nobody signed in. *busy: there was
 * somebody. RC_OK or RC_FAIL.
 */
enum rc login_help_answer_one(struct request *r, bool *busy);

#endif
