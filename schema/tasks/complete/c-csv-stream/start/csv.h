#ifndef CSV_H
#define CSV_H

#include <stdbool.h>
#include <stddef.h>

enum { CSV_FIELD_BYTES = 12 };

enum csv_result { CSV_OK, CSV_QUOTE, CSV_LONG, CSV_STOPPED };

struct csv {
	bool (*field)(const char *text, size_t n, bool quoted, void *context);
	bool (*end)(size_t fields, void *context);
	void *context;
	/* yours, all of them zero at first */
	char text[CSV_FIELD_BYTES];
	size_t length;
	size_t fields;
	int state;
	int before;
	enum csv_result result;
};

enum csv_result csv_feed(struct csv *c, const char *piece, size_t n);
enum csv_result csv_finish(struct csv *c);

#endif
