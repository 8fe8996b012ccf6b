#ifndef SEED_KEYS_H
#define SEED_KEYS_H

#include <mysql.h>

/*
 * The indexes of every table but the primary keys, taken away while a great
 * many rows come in, and then built at once: four times as fast. They come
 * back as they were, in the same order. A failure ends the program.
 */
struct keys;

struct keys *keys_drop(MYSQL *); /* never NULL */
/* told is called with the name of each table before its work. */
void keys_restore(struct keys *, MYSQL *, void (*told)(const char *));

#endif
