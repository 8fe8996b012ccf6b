/* A configuration file. */
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "core/config.h"
#include "fuzz.h"

int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
	struct pool *p = fuzz_pool();
	int fd = memfd_create("portal.conf", MFD_CLOEXEC);
	struct config config;
	char errors[300] = "", path[40];
	enum rc rc;

	MUST(fd >= 0 && write(fd, bytes, size) == (ssize_t)size);
	snprintf(path, sizeof(path), "/proc/self/fd/%d", fd);
	rc = config_load(p, path, &config, errors, sizeof(errors));
	MUST((rc == RC_OK) == !*errors);
	MUST(strlen(errors) < sizeof(errors));
	if (!rc)
		MUST(config.origin && config.pages.workers > 0);
	close(fd);
	return 0;
}
