#include <dlfcn.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

#include <errmsg.h>
#include <fcgiapp.h>
#include <mysql.h>
#include <mysqld_error.h>

#include "inject.h"

/* What the request under way shall meet. */
static struct {
	bool armed;
	bool once;
	bool cold;
	char name[80];
	char what[80];
	char kind[12];
	long at;
	long calls;
} fault;

static MYSQL *connection;

#define REAL(function)                                                         \
	static __typeof__(&(function)) real;                                   \
	if (!real)                                                             \
	*(void **)&real = dlsym(RTLD_NEXT, #function)

static void
tell(const char *function)
{
	const char *dir = getenv("FAULT_DIR");
	char path[300], line[200];
	int fd, len;

	snprintf(path, sizeof(path), "%s/happened", dir ? dir : ".");
	fd = open(path, O_WRONLY | O_CREAT | O_APPEND, 0600);
	len = snprintf(line, sizeof(line), "%s %s %ld %s\n", fault.name,
		fault.what, fault.calls, function);
	if (fd < 0 || write(fd, line, (size_t)len) != len)
		abort();
	close(fd);
}

/* The first to make the folder is the one that fails. */
static bool
is_first(void)
{
	const char *dir = getenv("FAULT_DIR");
	char path[300];

	snprintf(path, sizeof(path), "%s/%s", dir ? dir : ".", fault.name);
	return mkdir(path, 0700) == 0;
}

int
fault_kind(void)
{
	static const char *const kinds[] = {
		"before", "after", "stays", "count", "fail", "dies"};

	for (int i = 0; i < (int)(sizeof(kinds) / sizeof(kinds[0])); i++)
		if (strcmp(fault.kind, kinds[i]) == 0)
			return i + 1;
	return atoi(fault.kind);
}

const char *
fault_what(void)
{
	return fault.armed ? fault.what : "";
}

bool
fault_due(const char *what, const char *function)
{
	if (!fault.armed || strcmp(what, fault.what) != 0)
		return false;
	fault.calls++;
	if (fault_kind() == FAULT_COUNT)
		return false;
	if (fault.calls != fault.at)
		return fault_kind() == FAULT_STAYS && fault.calls > fault.at;
	if (fault.once && !is_first())
		return false;
	fault.armed = fault_kind() == FAULT_STAYS;
	tell(function);
	return true;
}

/* The request */

static void
arm(const char *text)
{
	char what[80], last[8] = "";

	memset(&fault, 0, sizeof(fault));
	if (sscanf(text, "%79s %79s %ld %11s %7s", fault.name, what, &fault.at,
		    fault.kind, last) < 4)
		return;
	fault.cold = strncmp(what, "cold-", 5) == 0;
	snprintf(fault.what, sizeof(fault.what), "%s",
		what + (fault.cold ? 5 : 0));
	fault.once = strcmp(last, "once") == 0;
	fault.armed = true;
	if (fault.cold && connection)
		shutdown(mysql_get_socket(connection), SHUT_RDWR);
}

int
FCGX_Accept_r(FCGX_Request *request)
{
	REAL(FCGX_Accept_r);
	int rc = real(request);
	const char *text =
		rc ? NULL : FCGX_GetParam("HTTP_X_FAULT", request->envp);

	if (text)
		arm(text);
	return rc;
}

/* The answer is out. */
int
FCGX_Detach(FCGX_Request *request)
{
	REAL(FCGX_Detach);
	if (fault.armed && fault_kind() == FAULT_COUNT)
		tell("-");
	fault.armed = false;
	return real(request);
}

/* Calls to the database */

static void
set_error(MYSQL *mysql, MYSQL_STMT *stmt, int error)
{
	if (stmt) {
		stmt->last_errno = (unsigned)error;
		snprintf(stmt->last_error, sizeof(stmt->last_error),
			"injected %d", error);
	}
	mysql->net.last_errno = (unsigned)error;
	snprintf(mysql->net.last_error, sizeof(mysql->net.last_error),
		"injected %d", error);
}

static void
break_off(MYSQL *mysql)
{
	my_socket fd = mysql_get_socket(mysql);

	if (fd >= 0)
		shutdown(fd, SHUT_RDWR);
}

/* The server's part in what follows; the call itself is not carried out. */
static int
fail(MYSQL *mysql, MYSQL_STMT *stmt)
{
	int kind = fault_kind();

	if (kind == FAULT_STAYS)
		kind = CR_SERVER_GONE_ERROR;
	if (kind == ER_LOCK_DEADLOCK)
		(void)mysql_real_query(mysql, "ROLLBACK", 8);
	if (kind >= CR_MIN_ERROR && kind <= CR_MAX_ERROR)
		break_off(mysql);
	set_error(mysql, stmt, kind);
	return 1;
}

/* After the call succeeded: nobody hears of it. */
static int
lose(MYSQL *mysql, MYSQL_STMT *stmt)
{
	break_off(mysql);
	set_error(mysql, stmt, CR_SERVER_LOST);
	return 1;
}

/* Nothing more of it than what kill -9 would leave. */
static int
die(void)
{
	raise(SIGKILL);
	return 1;
}

#define CALL(what, mysql, stmt, ...)                                           \
	do {                                                                   \
		bool due = fault_due(what, __func__);                          \
		int kind = fault_kind(), rc;                                   \
                                                                               \
		if (due && kind == FAULT_BEFORE)                               \
			break_off(mysql);                                      \
		else if (due && kind != FAULT_AFTER && kind != FAULT_DIES)     \
			return (__typeof__(real(__VA_ARGS__)))fail(            \
				mysql, stmt);                                  \
		rc = (int)real(__VA_ARGS__);                                   \
		if (!rc && due && kind == FAULT_AFTER)                         \
			rc = lose(mysql, stmt);                                \
		if (!rc && due && kind == FAULT_DIES)                          \
			rc = die();                                            \
		return (__typeof__(real(__VA_ARGS__)))rc;                      \
	} while (0)

MYSQL *STDCALL
mysql_real_connect(MYSQL *mysql, const char *host, const char *user,
	const char *password, const char *name, unsigned port, const char *path,
	unsigned long flags)
{
	REAL(mysql_real_connect);
	if (fault_due("database", __func__)) {
		set_error(mysql, NULL, CR_CONNECTION_ERROR);
		return NULL;
	}
	connection = mysql;
	return real(mysql, host, user, password, name, port, path, flags);
}

void STDCALL
mysql_close(MYSQL *mysql)
{
	REAL(mysql_close);
	if (mysql == connection)
		connection = NULL;
	real(mysql);
}

int STDCALL
mysql_real_query(MYSQL *mysql, const char *text, unsigned long len)
{
	REAL(mysql_real_query);
	bool ends = len == 6 && memcmp(text, "COMMIT", len) == 0;

	if (ends && strcmp(fault_what(), "commit") == 0)
		CALL("commit", mysql, NULL, mysql, text, len);
	CALL("database", mysql, NULL, mysql, text, len);
}

my_bool STDCALL
mysql_rollback(MYSQL *mysql)
{
	REAL(mysql_rollback);
	CALL("database", mysql, NULL, mysql);
}

int STDCALL
mysql_stmt_prepare(MYSQL_STMT *stmt, const char *text, unsigned long len)
{
	REAL(mysql_stmt_prepare);
	CALL("database", stmt->mysql, stmt, stmt, text, len);
}

int STDCALL
mysql_stmt_execute(MYSQL_STMT *stmt)
{
	REAL(mysql_stmt_execute);
	CALL("database", stmt->mysql, stmt, stmt);
}

int STDCALL
mysql_stmt_store_result(MYSQL_STMT *stmt)
{
	REAL(mysql_stmt_store_result);
	CALL("database", stmt->mysql, stmt, stmt);
}
