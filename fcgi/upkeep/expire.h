#ifndef UPKEEP_EXPIRE_H
#define UPKEEP_EXPIRE_H

#include <stdio.h>

#include "../core/config.h"
#include "../db/db.h"

/*
 * `hulpbalie audit-expire`: deletes the rows of batches of the log of who saw
 * what (access/audit_chain.h) of which the newest is older than
 * config->audit.years. The batches themselves stay, so that the chain holds.
 * That they went is written to the log. db: as the user of the migrations; no
 * other one may. Says on out what it did. RC_OK or RC_FAIL.
 */
enum rc audit_expire(const struct config *, struct db *, FILE *out);

#endif
