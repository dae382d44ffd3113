#ifndef LINES_H
#define LINES_H

#include <stdbool.h>
#include <stddef.h>

enum { LINE_BYTES = 16 };

struct lines {
	void (*line)(const char *text, size_t n, bool cut, void *context);
	void *context;
	char kept[LINE_BYTES];
	size_t length; /* yours, as the two below and kept */
	bool cut;
	bool cr;
};

void lines_feed(struct lines *l, const char *piece, size_t n);
void lines_end(struct lines *l);

#endif
