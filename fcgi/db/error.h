#ifndef DB_ERROR_H
#define DB_ERROR_H

#include <stdbool.h>

/* What an error of the server, or of its client, means. */

/* Is the connection lost, never made, or its answers not to be trusted any
 * more? */
bool error_is_lost(unsigned error);

/* Does its message quote what was refused? That may be a client's data. */
bool error_quotes_data(unsigned error);

#endif
