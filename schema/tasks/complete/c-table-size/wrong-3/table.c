#include "table.h"

#include <stdint.h>

static bool multiply(size_t a, size_t b, size_t *ret)
{
	if (b && a > SIZE_MAX / b)
		return false;
	*ret = a * b;
	return true;
}

static bool add(size_t a, size_t b, size_t *ret)
{
	if (a > SIZE_MAX - b)
		return false;
	*ret = a + b;
	return true;
}

static bool row_size(const struct table *t, size_t *ret)
{
	size_t size;

	if (!multiply(t->columns, t->cell, &size) || !add(size, t->align - 1, &size))
		return false;
	*ret = size & ~(t->align - 1);
	return true;
}

bool table_size(const struct table *t, size_t *ret)
{
	size_t row = 0, size;

	if (!t->align || t->align & (t->align - 1))
		return false;
	if (!row_size(t, &row))
		return false;
	if (!multiply(t->rows, row, &size) || !add(size, t->header, &size))
		return false;
	*ret = size;
	return true;
}

bool table_cell(const struct table *t, size_t row, size_t column, size_t *ret)
{
	size_t size, one;

	if (!table_size(t, &size) || row >= t->rows || column >= t->columns)
		return false;
	if (!row_size(t, &one))
		return false;
	*ret = t->header + row * one + column * t->cell;
	return true;
}
