#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "../access/access.h"
#include "../access/form_key.h"
#include "../core/format.h"
#include "../menu.h"
#include "page.h"

/* What waits until the page is closed: elements of documents of their own. */
struct page {
	const char *set;
	const char *state;
	const char *search;
	const char *search_name;
	struct xml *title_args;
	struct xml *intro;
	struct xml *messages;
	struct xml *crumbs;
};

static struct page *
page_of(struct request *r)
{
	if (!r->page)
		r->page = pool_alloc(r->pool, sizeof(*r->page));
	return r->page;
}

static struct xml *
part(struct request *r, struct xml **x)
{
	if (!*x)
		*x = xml_create(r->pool, "part");
	return *x;
}

void
page_begin(struct request *r, const char *id)
{
	if (r->xml) {
		r->page = NULL;
		r->title = NULL;
	}
	r->page_id = id;
	r->xml = xml_create(r->pool, "page");
	xml_open(r->xml, "body");
}

void
page_title(struct request *r, const char *title)
{
	r->title = pool_strdup(r->pool, title);
}

void
page_badge(struct request *r, const char *set, const char *state)
{
	struct page *p = page_of(r);

	p->set = pool_strdup(r->pool, set);
	p->state = pool_strdup(r->pool, state);
}

static void
add_arg(struct xml *x, const char *type, const char *set, const char *value)
{
	xml_open(x, "arg");
	xml_attr(x, "type", type);
	xml_attr(x, "set", set);
	xml_text(x, value);
	xml_close(x);
}

void
page_title_arg(
	struct request *r, const char *type, const char *set, const char *value)
{
	add_arg(part(r, &page_of(r)->title_args), type, set, value);
}

void
page_intro(
	struct request *r, const char *type, const char *set, const char *value)
{
	add_arg(part(r, &page_of(r)->intro), type, set, value);
}

void
page_crumb(
	struct request *r, const char *id, const char *href, const char *text)
{
	struct xml *x = part(r, &page_of(r)->crumbs);

	xml_open(x, "crumb");
	xml_attr(x, "id", id);
	xml_attr(x, "href", href);
	xml_text(x, text);
	xml_close(x);
}

void
page_message(struct request *r, const char *kind, const char *id, ...)
{
	struct xml *x = part(r, &page_of(r)->messages);
	const char *arg;
	va_list args;

	xml_open(x, "message");
	xml_attr(x, "kind", kind);
	xml_attr(x, "id", id);
	va_start(args, id);
	while ((arg = va_arg(args, const char *)))
		xml_elem(x, "arg", arg);
	va_end(args);
	xml_close(x);
}

void
page_search(struct request *r, const char *href, const char *name)
{
	struct page *p = page_of(r);

	p->search = pool_strdup(r->pool, href);
	p->search_name = pool_strdup(r->pool, name);
}

const char *
page_form_key(struct request *r)
{
	return form_key_new(r);
}

static bool
signed_in(const struct request *r)
{
	return r->who && r->who->complete;
}

static void
copy_part(struct request *r, struct xml *from)
{
	const xmlNode *node;

	if (!from)
		return;
	node = xmlDocGetRootElement(xml_doc(from))->children;
	for (; node; node = node->next)
		xml_copy(r->xml, node);
}

static void
write_attributes(struct request *r)
{
	struct xml *x = r->xml;

	xml_attr(x, "id", r->page_id);
	xml_attr(x, "portal", signed_in(r) ? r->who->portal_name : "public");
	xml_attr(x, "lang", r->lang);
	xml_attr(x, "path", r->path);
	xml_attr_int(
		x, "status", r->response.status ? r->response.status : 200);
	xml_attr(x, "request", r->id);
	/* An error page for somebody unknown has no form. */
	if (r->who || strcmp(r->page_id, "error") != 0)
		xml_attr(x, "csrf", csrf_token(r));
}

static void
write_title(struct request *r, const struct page *p)
{
	if (r->title || p->title_args || p->state) {
		xml_open(r->xml, "title");
		xml_attr(r->xml, "set", p->set);
		xml_attr(r->xml, "state", p->state);
		xml_text(r->xml, r->title);
		copy_part(r, p->title_args);
		xml_close(r->xml);
	}
	if (p->intro) {
		xml_open(r->xml, "intro");
		copy_part(r, p->intro);
		xml_close(r->xml);
	}
}

void
page_brand(
	struct xml *x, struct pool *p, const struct config *c, const char *lang)
{
	const char *hours = c->brand.hours;

	if (lang_parse(lang) == LANG_EN && c->brand.hours_en &&
		*c->brand.hours_en)
		hours = c->brand.hours_en;
	xml_open(x, "brand");
	xml_attr(x, "name", c->brand.name);
	xml_attr(x, "theme", c->brand.theme);
	xml_attr(x, "phone", c->brand.phone);
	xml_attr(x, "tel", format_tel(p, c->brand.phone));
	xml_attr(x, "hours", hours);
	xml_attr(x, "email", c->brand.email);
	xml_attr(x, "street", c->brand.street);
	xml_attr(x, "postcode", c->brand.postcode);
	xml_attr(x, "city", c->brand.city);
	xml_close(x);
}

static void
write_user(struct request *r)
{
	if (!signed_in(r))
		return;
	xml_open(r->xml, "user");
	xml_attr(r->xml, "name", r->who->name);
	xml_attr(r->xml, "organisation",
		r->who->organisation_name ? r->who->organisation_name
					  : r->config->brand.name);
	xml_attr(r->xml, "role", r->who->role);
	xml_attr(r->xml, "email", r->who->email);
	xml_attr(r->xml, "key", form_key_new(r));
	xml_attr_int(r->xml, "idle", 60 * r->config->session.idle_minutes);
	xml_close(r->xml);
}

/* A notice waits for a page: a document does not show it. */
static void
write_messages(struct request *r, const struct page *p)
{
	bool shows = r->format == FORMAT_HTML || r->format == FORMAT_XML;
	bool notice = shows && r->who && r->who->notice;

	if (!notice && !p->messages)
		return;
	xml_open(r->xml, "messages");
	if (notice)
		(void)session_notice_write(r);
	copy_part(r, p->messages);
	xml_close(r->xml);
}

static void
write_rest(struct request *r, const struct page *p)
{
	if (p->crumbs) {
		xml_open(r->xml, "crumbs");
		copy_part(r, p->crumbs);
		xml_close(r->xml);
	}
	if (signed_in(r) && p->search) {
		xml_open(r->xml, "search");
		xml_attr(r->xml, "href", p->search);
		xml_attr(r->xml, "name", p->search_name);
		xml_close(r->xml);
	}
	if (signed_in(r)) {
		xml_open(r->xml, "foot");
		xml_open(r->xml, "item");
		xml_attr(r->xml, "id", "roles");
		xml_attr(r->xml, "href", "/roles");
		xml_close(r->xml);
		xml_close(r->xml);
	}
}

void
page_end(struct request *r)
{
	struct page *p = page_of(r);
	xmlNode *root = xmlDocGetRootElement(xml_doc(r->xml));
	xmlNode *body = root->children;

	if (!p->search)
		menu_search(r, &p->search, &p->search_name);
	xml_close_to(r->xml, 1);
	xmlUnlinkNode(body);
	write_attributes(r);
	write_title(r, p);
	page_brand(r->xml, r->pool, r->config, r->lang);
	write_user(r);
	menu_write(r);
	write_messages(r, p);
	write_rest(r, p);
	xmlAddChild(root, body);
	xml_close(r->xml);
}

void
page_reset(struct request *r)
{
	struct buffer *headers = r->response.headers;

	r->xml = NULL;
	r->page = NULL;
	r->page_id = NULL;
	r->title = NULL;
	r->response = (struct response){.headers = headers};
}

void
page_error(struct request *r, int status)
{
	struct xml *messages = r->page ? r->page->messages : NULL;

	page_reset(r);
	r->response.status = status;
	page_begin(r, "error");
	page_of(r)->messages = messages;
	xml_open(r->xml, "error");
	xml_attr_int(r->xml, "status", status);
	xml_attr(r->xml, "request", *r->id ? r->id : NULL);
	xml_close(r->xml);
	page_end(r);
}
