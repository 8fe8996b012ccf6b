#include <math.h>
#include <string.h>

#include "svg.h"
#include "svg_path.h"
#include "value.h"

#define SVG_NS "http://www.w3.org/2000/svg"

enum { RECTANGLE = 5 /* segments */, WHOLE_MAX = 100000 };

struct pen {
	bool filled, stroked;
	unsigned fill, stroke;
	double width;
	bool round_cap, round_join;
	bool even_odd;
};

struct path {
	struct path *next;
	struct pen pen;
	const char *data; /* checked; a sheet of labels has thousands of them */
	const char *rest; /* operators for all but the first of rectangles */
};

struct svg {
	double width, height;
	double view[4]; /* x y width height */
	struct path *paths;
};

static bool
read_paint(const char *value, bool *painted, unsigned *color)
{
	*painted = strcmp(value, "none") != 0;
	return !*painted || fo_value_color(value, color);
}

static bool
read_pen(struct pen *pen, const char *name, const char *value)
{
	if (strcmp(name, "fill") == 0)
		return read_paint(value, &pen->filled, &pen->fill);
	if (strcmp(name, "stroke") == 0)
		return read_paint(value, &pen->stroked, &pen->stroke);
	if (strcmp(name, "stroke-width") == 0)
		return fo_value_number(value, &pen->width) && pen->width >= 0;
	if (strcmp(name, "stroke-linecap") == 0) {
		pen->round_cap = strcmp(value, "round") == 0;
		return pen->round_cap || strcmp(value, "butt") == 0;
	}
	if (strcmp(name, "stroke-linejoin") == 0) {
		pen->round_join = strcmp(value, "round") == 0;
		return pen->round_join || strcmp(value, "miter") == 0;
	}
	if (strcmp(name, "fill-rule") == 0) {
		pen->even_odd = strcmp(value, "evenodd") == 0;
		return pen->even_odd || strcmp(value, "nonzero") == 0;
	}
	return false;
}

static bool
read_view(struct svg *svg, const char *value)
{
	size_t len;

	for (int i = 0; i < 4; i++) {
		char word[24];

		value = fo_value_word(value, &len);
		if (len == 0 || len >= sizeof(word))
			return false;
		memcpy(word, value, len);
		word[len] = '\0';
		if (!fo_value_number(word, &svg->view[i]))
			return false;
		value += len;
	}
	fo_value_word(value, &len);
	return len == 0 && svg->view[2] > 0 && svg->view[3] > 0;
}

/* A size without unit is in pixels. */
static bool
read_size(const char *value, double *size)
{
	if (fo_value_number(value, size)) {
		*size *= 0.75;
		return *size > 0;
	}
	return fo_value_points(value, 12, size) && *size > 0;
}

static const char *
attr_text(const xmlAttr *a)
{
	return a->children && a->children->content
		       ? (const char *)a->children->content
		       : "";
}

static bool
is_svg(const xmlNode *node, const char *name)
{
	return node->ns && strcmp((const char *)node->ns->href, SVG_NS) == 0 &&
	       strcmp((const char *)node->name, name) == 0;
}

/* Of whole numbers, and drawn clockwise, as all of them then are. */
static bool
is_rectangle(const struct segment s[RECTANGLE])
{
	double x = s[0].at[0], y = s[0].at[1];
	double right = s[2].at[0], bottom = s[2].at[1];

	return s[0].kind == MOVE && s[1].kind == LINE && s[2].kind == LINE &&
	       s[3].kind == LINE && s[4].kind == CLOSE && s[1].at[0] == right &&
	       s[1].at[1] == y && s[3].at[0] == x && s[3].at[1] == bottom &&
	       right > x && bottom > y && fabs(x) < WHOLE_MAX &&
	       fabs(y) < WHOLE_MAX && right < WHOLE_MAX && bottom < WHOLE_MAX &&
	       x == rint(x) && y == rint(y) && right == rint(right) &&
	       bottom == rint(bottom);
}

/* NULL: there are no others, or not only rectangles. */
static const char *
rectangles_behind_first(struct pool *p, const struct segments *all)
{
	struct buffer *out = buffer_create(p);

	if (all->count <= RECTANGLE || all->count % RECTANGLE != 0)
		return NULL;
	for (int i = 0; i < all->count; i += RECTANGLE) {
		const struct segment *s = &all->list[i];

		if (!is_rectangle(s))
			return NULL;
		if (i > 0)
			buffer_printf(out, "%d %d %d %d re\n", (int)s[0].at[0],
				(int)s[0].at[1], (int)(s[2].at[0] - s[0].at[0]),
				(int)(s[2].at[1] - s[0].at[1]));
	}
	return out->data;
}

/* Its segments take twenty times its text: they are let go at once. */
static bool
keep_data(struct fo_job *job, const char *value, struct path *p)
{
	struct pool *pool = pool_create();
	struct segments all = {0};
	bool right = svg_path_read(pool, value, &all);

	p->data = pool_strdup(job->pool, value);
	if (right)
		p->rest = pool_strdup(
			job->pool, rectangles_behind_first(pool, &all));
	pool_destroy(pool);
	return right;
}

/*
 * Cairo then draws the first rectangle: it says in which colour, and that
 * there is something to see. The others follow, so that nothing may lie
 * above them.
 */
static void
split(struct fo_job *job, struct path *p)
{
	if (p->next || !p->pen.filled || p->pen.stroked || p->pen.even_odd)
		p->rest = NULL;
	if (p->rest)
		p->data = pool_strndup(
			job->pool, p->data, strcspn(p->data, "Zz") + 1);
}

static struct path *
read_path_element(struct fo_job *job, const xmlNode *xml, const struct pen *pen)
{
	struct path *p = pool_alloc(job->pool, sizeof(*p));

	p->pen = *pen;
	for (const xmlAttr *a = xml->properties; a; a = a->next) {
		const char *name = (const char *)a->name;
		const char *value = attr_text(a);

		if (strcmp(name, "d") == 0 ? !keep_data(job, value, p)
					   : !read_pen(&p->pen, name, value))
			fo_fail(job, "svg:path/@%s: can't be \"%.60s\"", name,
				value);
	}
	return p;
}

struct svg *
svg_read(struct fo_job *job, const xmlNode *xml)
{
	struct svg *svg = pool_alloc(job->pool, sizeof(*svg));
	struct path **end = &svg->paths;
	struct pen pen = {.filled = true, .width = 1};

	if (!is_svg(xml, "svg")) {
		fo_fail(job, "%s: unknown element", (const char *)xml->name);
		return NULL;
	}
	for (const xmlAttr *a = xml->properties; a; a = a->next) {
		const char *name = (const char *)a->name;
		const char *value = attr_text(a);
		bool right;

		if (strcmp(name, "viewBox") == 0)
			right = read_view(svg, value);
		else if (strcmp(name, "width") == 0)
			right = read_size(value, &svg->width);
		else if (strcmp(name, "height") == 0)
			right = read_size(value, &svg->height);
		else
			right = read_pen(&pen, name, value);
		if (!right)
			fo_fail(job, "svg:svg/@%s: can't be \"%.60s\"", name,
				value);
	}
	if (svg->view[2] <= 0)
		fo_fail(job, "svg:svg: needs viewBox");
	for (const xmlNode *k = xml->children; k && !job->failed; k = k->next) {
		if (k->type != XML_ELEMENT_NODE)
			continue;
		if (!is_svg(k, "path")) {
			fo_fail(job, "svg:%s: unknown element",
				(const char *)k->name);
			break;
		}
		*end = read_path_element(job, k, &pen);
		end = &(*end)->next;
	}
	for (struct path *p = svg->paths; p; p = p->next)
		split(job, p);
	if (svg->width <= 0)
		svg->width = svg->view[2] * 0.75;
	if (svg->height <= 0)
		svg->height = svg->width * svg->view[3] / svg->view[2];
	return job->failed ? NULL : svg;
}

void
svg_size(const struct svg *svg, double *width, double *height)
{
	*width = svg->width;
	*height = svg->height;
}

/* Drawing */

static void
draw_arc(cairo_t *cr, const double at[7])
{
	cairo_matrix_t matrix;

	cairo_get_matrix(cr, &matrix);
	cairo_translate(cr, at[0], at[1]);
	cairo_rotate(cr, at[4]);
	cairo_scale(cr, at[2], at[3]);
	if (at[6] > 0)
		cairo_arc(cr, 0, 0, 1, at[5], at[5] + at[6]);
	else
		cairo_arc_negative(cr, 0, 0, 1, at[5], at[5] + at[6]);
	cairo_set_matrix(cr, &matrix);
}

static void
make_path(cairo_t *cr, const struct path *p)
{
	struct pool *pool = pool_create();
	struct segments all = {0};

	cairo_new_path(cr);
	if (!p->data || !svg_path_read(pool, p->data, &all))
		all.count = 0;
	for (int i = 0; i < all.count; i++) {
		const double *at = all.list[i].at;

		switch (all.list[i].kind) {
		case MOVE:
			cairo_move_to(cr, at[0], at[1]);
			break;
		case LINE:
			cairo_line_to(cr, at[0], at[1]);
			break;
		case CURVE:
			cairo_curve_to(
				cr, at[0], at[1], at[2], at[3], at[4], at[5]);
			break;
		case ARC:
			draw_arc(cr, at);
			break;
		case CLOSE:
			cairo_close_path(cr);
			break;
		}
	}
	pool_destroy(pool);
}

static void
set_color(cairo_t *cr, unsigned c)
{
	cairo_set_source_rgb(cr, (c >> 16 & 255) / 255.0,
		(c >> 8 & 255) / 255.0, (c & 255) / 255.0);
}

void
svg_draw(const struct svg *svg, cairo_t *cr, double x, double y, double width,
	double height, struct buffer *more)
{
	double scale = fmin(width / svg->view[2], height / svg->view[3]);

	x += (width - svg->view[2] * scale) / 2 - svg->view[0] * scale;
	y += (height - svg->view[3] * scale) / 2 - svg->view[1] * scale;
	cairo_save(cr);
	cairo_translate(cr, x, y);
	cairo_scale(cr, scale, scale);
	for (const struct path *p = svg->paths; p; p = p->next) {
		const struct pen *pen = &p->pen;

		make_path(cr, p);
		if (pen->filled) {
			set_color(cr, pen->fill);
			cairo_set_fill_rule(
				cr, pen->even_odd ? CAIRO_FILL_RULE_EVEN_ODD
						  : CAIRO_FILL_RULE_WINDING);
			cairo_fill_preserve(cr);
		}
		if (pen->stroked) {
			set_color(cr, pen->stroke);
			cairo_set_line_width(cr, pen->width);
			cairo_set_line_cap(cr, pen->round_cap
						       ? CAIRO_LINE_CAP_ROUND
						       : CAIRO_LINE_CAP_BUTT);
			cairo_set_line_join(
				cr, pen->round_join ? CAIRO_LINE_JOIN_ROUND
						    : CAIRO_LINE_JOIN_MITER);
			cairo_stroke_preserve(cr);
		}
		cairo_new_path(cr);
		if (p->rest)
			buffer_printf(more, "q %f 0 0 %f %f %f cm\n%sf Q\n",
				scale, scale, x, y, p->rest);
	}
	cairo_restore(cr);
}
