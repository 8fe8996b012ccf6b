#ifndef SEED_H
#define SEED_H

#include <mysql.h>
#include <stdbool.h>
#include <stdint.h>

#include "batch.h"
#include "calendar.h"
#include "core/config.h"
#include "core/pool.h"
#include "rng.h"
#include "rules/aid_state.h"
#include "rules/request_state.h"
#include "tsv.h"

/*
 * The demo: a supplier, its customers, their aids and some years of work on
 * them, all relative to one day. The same day and size give the same rows.
 *
 * Everything is made in memory first, then written table by table. An id is
 * the place in the array, from 1; 0 is none.
 */
enum { ORGS_MIN = 3, ORGS_MAX = 200, MEMBER_PLACES = 8, MEMBER_BUDGETS = 4 };

/* What a sequence of chance is for. */
enum salt {
	SALT_PLACE = 1,
	SALT_ACCOUNT,
	SALT_CLIENT,
	SALT_AID,
	SALT_LIFE,
	SALT_OPEN,
	SALT_STEPS,
	SALT_TEXT
};

struct branch {
	const char *code, *name, *street, *postcode, *city, *phone, *email;
	int store;		       /* place: its depot */
	int planner;		       /* account */
	int mechanics, mechanic_count; /* the first one */
};

struct mechanic {
	int branch;
	const char *name, *phone;
};

struct org {
	const char *code, *name, *contracts;
	int branch;
	int size; /* aids on its list */
	int places, place_count;
	int members, member_count;
	int advisor; /* account */
	int aids;    /* the first one; size of them */
};

enum place_kind { PLACE_LOCATION, PLACE_DEPARTMENT, PLACE_DEPOT };

struct place {
	int org;      /* 0: the supplier's */
	int location; /* itself for a location, 0 for the supplier's */
	int branch;   /* of the supplier's depots, else 0 */
	enum place_kind kind;
	const char *name, *street, *postcode, *city;
	int weight;		   /* how many aids go there */
	int clients, client_count; /* of a location */
};

enum account_kind {
	ACCOUNT_DEMO, /* has the demo password and factor */
	ACCOUNT_COLLEAGUE,
	ACCOUNT_INVITED,
	ACCOUNT_DEACTIVATED
};

struct account {
	const char *email, *name, *phone;
	enum account_kind kind;
};

enum portal_kind { IN_INSTITUTION, IN_PROFESSIONAL, IN_SUPPLIER };

struct member {
	int account;
	enum portal_kind portal;
	int org, branch;
	const char *role;
	const char *reason;
	bool all_places;
	bool may_authorise_orders;
	int place_count;
	int places[MEMBER_PLACES];
	int authoriser[KIND_COUNT];
	int budget_count;
	int budget_from[MEMBER_BUDGETS], budget_by[MEMBER_BUDGETS];
};

struct category {
	const char *key, *iso9999, *nl, *en;
	int parent;
	int months;		   /* between inspections; 0: none */
	int defects, defect_count; /* in world.defect_of */
};

struct product {
	const char *number, *make, *type, *serial, *specs, *nl, *en;
	int category; /* the subcategory */
	int price, day_price;
	int rented; /* % of these */
};

struct defect {
	const char *text, *work;
	int cost;
};

enum phrase {
	PHRASE_OPENING,
	PHRASE_CLOSING,
	PHRASE_MESSAGE,
	PHRASE_MOVE,
	PHRASE_TO_DEPOT,
	PHRASE_FROM_DEPOT,
	PHRASE_PICK_UP,
	PHRASE_RENTAL,
	PHRASE_ADAPTATION,
	PHRASE_DELIVERY,
	PHRASE_CLEANING,
	PHRASE_CLEANED,
	PHRASE_INSPECTION,
	PHRASE_INSPECTED,
	PHRASE_MOVED,
	PHRASE_STORED,
	PHRASE_FETCHED,
	PHRASE_COLLECTED,
	PHRASE_DELIVERED,
	PHRASE_ADAPTED,
	PHRASE_NO_FAULT,
	PHRASE_REJECT,
	PHRASE_WITHDRAWN,
	PHRASE_REFUSE,
	PHRASE_HOLD,
	PHRASE_CANCEL,
	PHRASE_COULD_NOT,
	PHRASE_OTHER_DATE,
	PHRASE_OUT_OF_SERVICE,
	PHRASE_SCRAPPED,
	PHRASE_COUNT
};

enum name {
	NAME_SURNAME,
	NAME_CUSTOMER,
	NAME_TOWN,
	NAME_LOCATION,
	NAME_DEPARTMENT,
	NAME_STREET,
	NAME_COUNT
};

/* holder: whose list it stands on; owner 0: the supplier's. */
struct aid {
	int number;
	int product;
	int holder, owner;
	int branch;
	int place;
	int home;   /* the last place of the holder's own */
	int client; /* who has it, where it is rented */
	int rental; /* the one that runs */
	int bought, rent_from;
	int inspected, due;
	bool rejected;	      /* at the last inspection */
	const char *serial;   /* NULL: made from the id */
	unsigned char status; /* enum aid_status */
	bool busy;	      /* a request is under way */
	int idle;	      /* nothing was under way after this day */
	bool showcase;
};

struct rental {
	int org, aid, client, day_price;
	const char *scheme;
	int started, ended, collected, signed_off;
};

/*
 * A piece of work as decided: who wants what when, and where it must end.
 * Its course (course.h) follows from it.
 */
struct job {
	int64_t created;
	int org, aid, product;
	int place, to_place;
	int client;
	int requester, approver, signer; /* accounts */
	int wished;
	unsigned seed;
	unsigned char kind, state, held; /* enums of request_state.h */
	unsigned char portal;		 /* enum portal_kind */
	bool wlz;
	bool own;      /* the organisation does it */
	bool rented;   /* no costs for the organisation */
	bool workshop; /* taken along for repair */
	bool exact;    /* on the wished day, and nothing between */
};

/* What happened to an aid besides requests. */
struct mark {
	int aid, org;
	const char *kind;
	const char *summary;
	int asked, done;
	int from, to;
};

#define LIST(type)                                                             \
	struct {                                                               \
		type *at;                                                      \
		int count, room;                                               \
	}

struct texts {
	const char **at;
	int count, room;
};

struct world {
	struct pool *pool;
	const struct config *config;
	const char *dir; /* of the data files */
	MYSQL *db;
	int today;
	int last; /* the last working day before today: all is known to then */
	int history;	     /* days of work before last */
	int size, org_count; /* wanted: aids of how many customers */
	const int *sizes;    /* of each of them; NULL: few great, many small */

	LIST(struct branch) branches;
	LIST(struct mechanic) mechanics; /* by branch */
	LIST(struct org) orgs;
	LIST(struct place) places; /* by organisation */
	LIST(int) place_sums;
	LIST(struct account) accounts;
	LIST(struct member) members; /* by organisation */
	LIST(struct category) categories;
	LIST(struct product) products;
	LIST(int) product_sums;
	LIST(struct defect) defects;
	LIST(int) defect_of; /* defects by category */
	struct texts phrases[PHRASE_COUNT];
	struct texts names[NAME_COUNT];
	int client_count;
	LIST(struct aid) aids;
	LIST(struct rental) rentals;
	LIST(struct job) jobs;
	LIST(struct mark) marks;
};

/* Appends a zeroed element, answers its address; its id is the count. */
#define ADD(list)                                                              \
	(seed_grow(                                                            \
		 &(list).at, &(list).count, &(list).room, sizeof(*(list).at)), \
		&(list).at[(list).count - 1])
/* at: address of the pointer to the elements. */
void seed_grow(void *at, int *count, int *room, size_t size);

/* The element of an id. */
#define GET(list, id) (&(list).at[(id)-1])

/* Ends the program with a message. */
_Noreturn void seed_fail(const char *format, ...)
	__attribute__((format(printf, 1, 2)));

/* A text or a name of this use, by chance; "" for none. */
const char *phrase(const struct world *, enum phrase, struct rng *);
const char *name_of(const struct world *, enum name, struct rng *);

/* catalogue.c */
void catalogue_load(struct world *);
void catalogue_write(const struct world *);
int product_by_number(const struct world *, const char *number);
const struct category *product_category(const struct world *, int product);
/* What can be wrong with such a product. */
const struct defect *product_defect(
	const struct world *, int product, struct rng *);

/* places.c */
void places_load(struct world *);
void places_write(const struct world *);
/* "Location/Department" or "Location" of an organisation; 0: none. */
int place_by_name(const struct world *, int org, const char *name);
/* A department (or location without any), not this one, by weight. */
int place_department(const struct world *, int org, int not, struct rng *);
/* A depot of the organisation; 0: it has none. */
int place_own_depot(const struct world *, int org, struct rng *);

/* accounts.c */
void accounts_load(struct world *);
void accounts_write(const struct world *);
bool member_covers(const struct world *, const struct member *, int place);
/*
 * Who of the organisation asks for this kind of work in this place, by
 * chance; in the portal. approval: only who needs it (true) or does not.
 * NULL: nobody.
 */
const struct member *member_for(const struct world *, int org, enum portal_kind,
	enum request_kind, int place, bool approval, struct rng *);

/* clients.c */
void clients_plan(struct world *);
void clients_write(const struct world *);
/* One who lives where the place is; 0: nobody does. */
int client_at(const struct world *, int place, struct rng *);

/* aids.c */
void aids_make(struct world *);
/* Its place; its home too, where that is the holder's. */
void aid_put(const struct world *, struct aid *, int place);
void aids_write(const struct world *);

/* changes.c: what is asked to be changed of locations */
void changes_write(const struct world *);

/* messages.c, after the requests */
void messages_write(const struct world *);

/* life.c: the years of each aid, as far as it ended by world.last. */
void life_make(struct world *);
/* Repairs a year of a thousand such products. */
int life_repairs(const struct world *, int product);
/* A depot for an aid: its customer's own, sometimes the supplier's. */
int life_depot(const struct world *, int aid, struct rng *);

/* open.c: what is under way today, in every state. */
void open_make(struct world *);

/* jobs.c */
/* A job on this aid, as it stands now, of a kind; seed is the next free. */
struct job job_for(
	const struct world *, int aid, enum request_kind, int64_t created);
/*
 * Finds who asks for it in this portal; approval: whether one is chosen who
 * needs it. False: nobody does.
 */
bool job_ask(const struct world *, struct job *, enum portal_kind,
	bool approval, struct rng *);
void job_keep(struct world *, const struct job *);
void jobs_write(struct world *);

#endif
