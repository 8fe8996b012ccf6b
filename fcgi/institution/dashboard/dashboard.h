#ifndef INSTITUTION_DASHBOARD_H
#define INSTITUTION_DASHBOARD_H

#include "../../core/request.h"

/*
 * GET /dashboard: 'Mijn actuele overzicht' (I29): what waits on the account,
 * and the newest requests of each kind, each group with the way to its whole
 * overview.
 */
enum rc dashboard_page(struct request *);

#endif
