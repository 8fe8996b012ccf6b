#include <stddef.h>
#include <string.h>

#include "agent.h"

struct mark {
	const char *mark, *name;
};

/* In this order: most claim to be Chrome or Safari too. */
static const struct mark browsers[] = {
	{"Edg", "Edge"},
	{"OPR/", "Opera"},
	{"SamsungBrowser", "Samsung Internet"},
	{"Firefox/", "Firefox"},
	{"FxiOS/", "Firefox"},
	{"CriOS/", "Chrome"},
	{"Chrome/", "Chrome"},
	{"Safari/", "Safari"},
	{NULL, NULL},
};

static const struct mark systems[] = {
	{"iPhone", "iPhone"},
	{"iPad", "iPad"},
	{"Android", "Android"},
	{"Windows", "Windows"},
	{"CrOS", "ChromeOS"},
	{"Mac OS X", "macOS"},
	{"Linux", "Linux"},
	{NULL, NULL},
};

static const char *
find(const struct mark *m, const char *agent)
{
	while (m->mark && !strstr(agent, m->mark))
		m++;
	return m->name;
}

const char *
agent_name(struct pool *p, const char *agent)
{
	const char *browser = find(browsers, agent);
	const char *system = find(systems, agent);

	if (browser && system)
		return pool_printf(p, "%s, %s", browser, system);
	if (!browser)
		browser = system;
	return browser ? browser : "";
}
