#ifndef CORE_LOG_H
#define CORE_LOG_H

/*
 * The log: one JSON object a line on standard error or in a file. Control
 * characters are escaped. Never a password, code, token or client's data.
 */
enum log_level { LOG_DEBUG, LOG_INFO, LOG_WARN, LOG_ERROR };

/*
 * path "-" is standard error. Answers 0, or -1 with errno and the log as it
 * was. Rotation is done by opening again.
 */
int log_open(const char *path);

/* The descriptor it writes to, for a line written by a signal handler. */
int log_file(void);

/* The request id that the following lines carry; NULL for none. */
void log_request(const char *id);

/*
 * Writes one line: time, level, pid, request id, event, and the pairs of
 * name and value (both strings, NULL value: left out) up to a NULL name.
 * A line has at most 4 KB: a longer value is cut.
 */
void log_event(enum log_level, const char *event, ...)
	__attribute__((sentinel));

#endif
