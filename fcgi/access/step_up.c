#include "../core/text.h"
#include "draft.h"
#include "step_up.h"

bool
step_up(struct request *r)
{
	const char *next;

	if (r->who->fresh)
		return true;
	next = r->method == METHOD_POST ? draft_keep(r, r->who->account)
					: request_target(r);
	request_redirect(
		r, "/login/again?next=%s", text_urlencode(r->pool, next));
	return false;
}
