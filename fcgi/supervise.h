#ifndef SUPERVISE_H
#define SUPERVISE_H

#include <stdbool.h>

#include "core/config.h"

/*
 * `hulpbalie serve`: holds the listening sockets and keeps the workers of
 * three pools (pages, documents, jobs) alive.
 *
 *   TERM, INT  no new requests; those under way get drain_seconds
 *   HUP        `check` in a child; where all is well this process executes
 *              itself anew with the sockets, starts the new generation, and
 *              then drains the old one. Else a line in the log, and all
 *              stays as it is. The log file is opened again too.
 *
 * The sockets may be handed over open (LISTEN_FDS with LISTEN_FDNAMES pages
 * and documents, as systemd does), and a service manager is told when the
 * portal is ready (NOTIFY_SOCKET). Sockets of our own are made under the
 * umask, which decides who may connect, and are locked against a second
 * supervisor.
 *
 * argv: as main() had it, to execute again. Answers the exit status.
 */
int supervise(const struct config *, char **argv);

/*
 * The configuration could not be read. After execve() workers depend on this
 * process, so that it must try again: true, after a pause. False: end.
 */
bool supervise_again(void);

#endif
