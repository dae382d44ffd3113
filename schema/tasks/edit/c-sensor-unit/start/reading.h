#ifndef READING_H
#define READING_H

#include <stdbool.h>
#include <stddef.h>

enum { READING_NAME = 16 };

struct reading {
	char name[READING_NAME]; /* 1 to 15 characters without spaces */
	long value;
};

/* "NAME VALUE"; false, with *ret untouched, if the line is something else. */
bool reading_parse(const char *line, struct reading *ret);

/* As snprintf. */
int reading_format(const struct reading *r, char *buf, size_t size);

#endif
