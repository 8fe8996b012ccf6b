#include <string.h>

#include "access.h"

static enum role
role_of(const struct identity *who)
{
	enum role role = 0;

	while (role < ROLE_COUNT &&
		(strcmp(portal_ids[role_texts[role].portal],
			 who->portal_name) != 0 ||
			strcmp(role_texts[role].id, who->role) != 0))
		role++;
	return role;
}

bool
access_may(const struct request *r, enum right right)
{
	enum role role;

	if (right == RIGHT_PUBLIC)
		return true;
	if (!r->who || !r->who->complete || right >= RIGHT_COUNT)
		return false;
	if (right == RIGHT_SIGNED_IN)
		return true;
	role = role_of(r->who);
	return role < ROLE_COUNT && right_texts[right].granted[role];
}
