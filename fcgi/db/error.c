#include <errmsg.h>
#include <mysqld_error.h>

#include "error.h"

bool
error_is_lost(unsigned error)
{
	switch (error) {
	case CR_UNKNOWN_ERROR:
	case CR_MALFORMED_PACKET:
	case CR_SERVER_GONE_ERROR:
	case CR_SERVER_LOST:
	case CR_SERVER_LOST_EXTENDED:
	case CR_CONNECTION_ERROR:
	case CR_CONN_HOST_ERROR:
	case CR_COMMANDS_OUT_OF_SYNC:
	case ER_UNKNOWN_COM_ERROR:
	case ER_ERROR_DURING_COMMIT:
	case ER_SERVER_SHUTDOWN:
	case ER_CONNECTION_KILLED:
	case ER_CON_COUNT_ERROR:
		return true;
	default:
		return false;
	}
}

bool
error_quotes_data(unsigned error)
{
	switch (error) {
	case ER_DUP_ENTRY:
	case ER_DUP_ENTRY_WITH_KEY_NAME:
	case ER_TRUNCATED_WRONG_VALUE:
	case ER_TRUNCATED_WRONG_VALUE_FOR_FIELD:
	case ER_WRONG_VALUE_FOR_TYPE:
	case ER_WRONG_VALUE:
		return true;
	default:
		return false;
	}
}
