#ifndef SUMMARY_H
#define SUMMARY_H

#include "reading.h"

enum { SUMMARY_ROWS = 8 };

struct row {
	char name[READING_NAME];
	char unit[READING_UNIT];
	long least, most;
	unsigned count;
};

/* A zeroed one is empty. */
struct summary {
	struct row rows[SUMMARY_ROWS];
	size_t count;
};

/* False if there is no room for a new row. */
bool summary_add(struct summary *s, const struct reading *r);

/* NULL: none. */
const struct row *summary_find(const struct summary *s, const char *name, const char *unit);

/* The greatest difference between `most` and `least` of a row; 0 without rows. */
long summary_widest(const struct summary *s);

#endif
