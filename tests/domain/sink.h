#ifndef TESTS_DOMAIN_SINK_H
#define TESTS_DOMAIN_SINK_H

#include <stdbool.h>

/*
 * The demo's mail server or SMS gateway (build/smtp_sink, build/sms_stub) at
 * sink_port, with a folder of its own. sink_begin() and sink_end() are those
 * of a group of tests.
 */
int sink_begin(void **state);
int sink_end(void **state);

extern int sink_port;

void sink_start(const char *program);
void sink_stop(void);

/* What came since the last look, in files of that ending; *came how much;
 * the text of the last one, "" where nothing came. */
const char *sink_received(const char *ending, int *came);

/* Switches a fault on or off: a file of its name. */
void sink_fault(const char *name, bool on);

#endif
