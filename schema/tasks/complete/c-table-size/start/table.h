#ifndef TABLE_H
#define TABLE_H

#include <stdbool.h>
#include <stddef.h>

struct table {
	size_t header, rows, columns, cell, align;
};

bool table_size(const struct table *t, size_t *ret);
bool table_cell(const struct table *t, size_t row, size_t column, size_t *ret);

#endif
