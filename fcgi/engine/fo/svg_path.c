#include <math.h>
#include <string.h>

#include "svg_path.h"
#include "value.h"

enum { SEGMENTS_MAX = 100000 };

struct pen_point {
	double x, y;
};

struct path_reader {
	struct pool *pool;
	const char *s;
	struct segments *path;
	int size;
	struct pen_point at, start;
	bool wrong;
};

/* Numbers may touch: "1.5.5-2" is three of them. */
static double
read_number(struct path_reader *r)
{
	char text[32];
	double value;
	size_t n = 0;
	bool point = false;

	r->s += strspn(r->s, " \t\r\n,");
	if (*r->s == '-' || *r->s == '+')
		text[n++] = *r->s++;
	while (n < sizeof(text) - 1 &&
		((*r->s >= '0' && *r->s <= '9') || (*r->s == '.' && !point))) {
		point |= *r->s == '.';
		text[n++] = *r->s++;
	}
	text[n] = '\0';
	if (!fo_value_number(text, &value)) {
		r->wrong = true;
		return 0;
	}
	return value;
}

/* A flag of an arc: one digit, nothing need follow it. */
static bool
read_flag(struct path_reader *r)
{
	r->s += strspn(r->s, " \t\r\n,");
	if (*r->s != '0' && *r->s != '1') {
		r->wrong = true;
		return false;
	}
	return *r->s++ == '1';
}

static struct pen_point
read_point(struct path_reader *r, bool relative)
{
	struct pen_point p;

	p.x = read_number(r) + (relative ? r->at.x : 0);
	p.y = read_number(r) + (relative ? r->at.y : 0);
	return p;
}

static struct segment *
add(struct path_reader *r, enum segment_kind kind)
{
	struct segments *p = r->path;
	struct segment *s;

	if (p->count == r->size) {
		int size = r->size ? r->size * 2 : 64;

		s = pool_calloc(r->pool, (size_t)size, sizeof(*s));
		if (p->count)
			memcpy(s, p->list, (size_t)p->count * sizeof(*s));
		p->list = s;
		r->size = size;
	}
	r->wrong |= p->count >= SEGMENTS_MAX;
	s = &p->list[p->count++];
	s->kind = kind;
	return s;
}

static void
add_point(struct path_reader *r, enum segment_kind kind, struct pen_point p)
{
	struct segment *s = add(r, kind);

	s->at[0] = p.x;
	s->at[1] = p.y;
	r->at = p;
	if (kind == MOVE)
		r->start = p;
}

static void
add_curve(struct path_reader *r, struct pen_point a, struct pen_point b,
	struct pen_point end)
{
	struct segment *s = add(r, CURVE);

	s->at[0] = a.x;
	s->at[1] = a.y;
	s->at[2] = b.x;
	s->at[3] = b.y;
	s->at[4] = end.x;
	s->at[5] = end.y;
	r->at = end;
}

/* The same curve with two control points. */
static void
add_quadratic(struct path_reader *r, struct pen_point c, struct pen_point end)
{
	struct pen_point a = {r->at.x + (c.x - r->at.x) * 2 / 3,
		r->at.y + (c.y - r->at.y) * 2 / 3};
	struct pen_point b = {
		end.x + (c.x - end.x) * 2 / 3, end.y + (c.y - end.y) * 2 / 3};

	add_curve(r, a, b, end);
}

/* From end points to centre: SVG 1.1, F.6.5. */
static void
add_arc(struct path_reader *r, double rx, double ry, double degrees, bool large,
	bool sweep, struct pen_point end)
{
	const double pi = acos(-1);
	double phi = degrees * pi / 180;
	double dx = (r->at.x - end.x) / 2;
	double dy = (r->at.y - end.y) / 2;
	double x = cos(phi) * dx + sin(phi) * dy;
	double y = -sin(phi) * dx + cos(phi) * dy;
	double lambda;
	double factor;
	double cx, cy, first, last;
	struct segment *s;

	rx = fabs(rx);
	ry = fabs(ry);
	if (rx < 1e-9 || ry < 1e-9 || (dx == 0 && dy == 0)) {
		add_point(r, LINE, end);
		return;
	}
	lambda = x * x / (rx * rx) + y * y / (ry * ry);
	if (lambda > 1) {
		rx *= sqrt(lambda);
		ry *= sqrt(lambda);
		lambda = 1;
	}
	factor = sqrt(fmax(0, 1 / lambda - 1)) * (large == sweep ? -1 : 1);
	cx = factor * rx * y / ry;
	cy = -factor * ry * x / rx;
	first = atan2((y - cy) / ry, (x - cx) / rx);
	last = atan2((-y - cy) / ry, (-x - cx) / rx) - first;
	if (sweep && last < 0)
		last += 2 * pi;
	if (!sweep && last > 0)
		last -= 2 * pi;
	s = add(r, ARC);
	s->at[0] = cos(phi) * cx - sin(phi) * cy + (r->at.x + end.x) / 2;
	s->at[1] = sin(phi) * cx + cos(phi) * cy + (r->at.y + end.y) / 2;
	s->at[2] = rx;
	s->at[3] = ry;
	s->at[4] = phi;
	s->at[5] = first;
	s->at[6] = last;
	r->at = end;
}

static void
read_segment(struct path_reader *r, char command)
{
	bool relative = command >= 'a';
	struct pen_point a = r->at;
	struct pen_point b;
	double n[3];
	bool large, sweep;

	switch (relative ? command - 'a' + 'A' : command) {
	case 'M':
		add_point(r, MOVE, read_point(r, relative));
		break;
	case 'L':
		add_point(r, LINE, read_point(r, relative));
		break;
	case 'H':
		a.x = read_number(r) + (relative ? a.x : 0);
		add_point(r, LINE, a);
		break;
	case 'V':
		a.y = read_number(r) + (relative ? a.y : 0);
		add_point(r, LINE, a);
		break;
	case 'C':
		a = read_point(r, relative);
		b = read_point(r, relative);
		add_curve(r, a, b, read_point(r, relative));
		break;
	case 'Q':
		a = read_point(r, relative);
		add_quadratic(r, a, read_point(r, relative));
		break;
	case 'A':
		for (int i = 0; i < 3; i++)
			n[i] = read_number(r);
		large = read_flag(r);
		sweep = read_flag(r);
		add_arc(r, n[0], n[1], n[2], large, sweep,
			read_point(r, relative));
		break;
	case 'Z':
		add(r, CLOSE);
		r->at = r->start;
		break;
	default:
		r->wrong = true;
	}
}

bool
svg_path_read(struct pool *pool, const char *data, struct segments *path)
{
	struct path_reader r = {.pool = pool, .path = path, .s = data};
	char command = '\0';

	while (!r.wrong) {
		r.s += strspn(r.s, " \t\r\n,");
		if (!*r.s)
			break;
		if ((*r.s >= 'A' && *r.s <= 'Z') ||
			(*r.s >= 'a' && *r.s <= 'z'))
			command = *r.s++;
		else if (command == 'Z' || command == 'z')
			return false;
		else if (command == 'M' || command == 'm')
			command = command == 'M' ? 'L' : 'l';
		if (path->count == 0 && command != 'M' && command != 'm')
			return false;
		read_segment(&r, command);
	}
	return !r.wrong;
}
