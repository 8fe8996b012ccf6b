#ifndef INSTITUTION_SERVICES_H
#define INSTITUTION_SERVICES_H

#include "../../core/request.h"
#include "../../domain/aid.h"

/*
 * 'Acties aanvragen' (I13, I14): the services on an aid, each with a form
 * of its own at /aids/{id}/SERVICE.
 */

/* <actions id="services"> for the aid's page: those its status and
 * ownership allow, and why not for the others. */
void services_write(struct request *, const struct aid *);

/* 'Kies actie': ?action=repair leads to its form. */
enum rc service_choose(struct request *);

/* GET and POST of /aids/{id}/repair, /move, /from-depot, /to-depot and
 * /pick-up. */
enum rc service_page(struct request *);
enum rc service_post(struct request *);

#endif
