#include <string.h>

#include "access.h"

static enum role
find_role(const char *portal, const char *id)
{
	enum role role = 0;

	while (role < ROLE_COUNT &&
		(strcmp(portal_ids[role_texts[role].portal], portal) != 0 ||
			strcmp(role_texts[role].id, id) != 0))
		role++;
	return role;
}

bool
access_role(const char *portal, const char *role)
{
	return find_role(portal, role) < ROLE_COUNT;
}

bool
access_role_may(const char *portal, const char *id, enum right right)
{
	enum role role = find_role(portal, id);

	return role < ROLE_COUNT && right < RIGHT_COUNT &&
	       right_texts[right].granted[role];
}

bool
access_may(const struct request *r, enum right right)
{
	if (right == RIGHT_PUBLIC)
		return true;
	if (!r->who || !r->who->complete || right >= RIGHT_COUNT)
		return false;
	if (right == RIGHT_SIGNED_IN)
		return true;
	return access_role_may(r->who->portal_name, r->who->role, right);
}
