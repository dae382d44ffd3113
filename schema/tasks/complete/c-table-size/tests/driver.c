#define _POSIX_C_SOURCE 200809L
#include "table.h"

#include <stdint.h>
#include <stdio.h>

#define HALF (SIZE_MAX / 2 + 1)

static const struct table tables[] = {
	{ 16, 10, 3, 4, 1 },
	{ 16, 10, 3, 4, 8 },
	{ 16, 10, 4, 4, 8 },
	{ 0, 1, 1, 1, 64 },
	{ 5, 0, 7, 9, 4 },
	{ 5, 3, 0, 9, 4 },
	{ 5, 3, 7, 0, 4 },
	{ 0, 0, 0, 0, 1 },
	{ 0, 2, 3, 4, 0 },
	{ 0, 2, 3, 4, 12 },
	{ 9, 0, 3, 4, 6 },
	{ 0, HALF, 2, 1, 1 },
	{ 0, HALF, 1, 1, 1 },
	{ HALF, HALF, 1, 1, 1 },
	{ HALF - 1, HALF, 1, 1, 1 },
	{ 1, 1, HALF, 2, 1 },
	{ 7, 0, HALF, 2, 1 },
	{ 0, 1, SIZE_MAX, 1, 1 },
	{ 0, 1, SIZE_MAX, 1, 2 },
	{ 0, 1, SIZE_MAX - 14, 1, 16 },
	{ 0, 1, SIZE_MAX - 15, 1, 16 },
	{ 15, 1, SIZE_MAX - 15, 1, 16 },
	{ 16, 1, SIZE_MAX - 15, 1, 16 },
	{ 0, 3, SIZE_MAX / 3, 1, 1 },
	{ 1, 3, SIZE_MAX / 3, 1, 1 },
	{ SIZE_MAX, 0, 1, 1, 1 },
	{ SIZE_MAX, 1, 0, 1, HALF },
	{ 0, 2, 1, 1, HALF },
	{ 0, 1, 1, 1, HALF },
	{ 0, 3, HALF + 1, 1, 1 },
	{ 0, 5, 1, HALF / 2 + 3, 1 },
};

static const struct { size_t table, row, column; } cells[] = {
	{ 0, 0, 0 }, { 0, 9, 2 }, { 0, 10, 0 }, { 0, 0, 3 }, { 1, 1, 0 }, { 1, 9, 2 }, { 2, 1, 1 }, { 3, 0, 0 },
	{ 4, 0, 0 }, { 5, 0, 0 }, { 6, 2, 6 }, { 8, 0, 0 }, { 9, 1, 1 }, { 11, 0, 0 }, { 12, HALF - 1, 0 },
	{ 14, HALF - 1, 0 }, { 17, 0, SIZE_MAX - 1 }, { 17, 0, SIZE_MAX }, { 23, 2, 5 }, { 24, 0, 0 },
};

int main(void)
{
	FILE *out = fdopen(3, "w");

	if (!out)
		return 1;
	for (size_t i = 0; i < sizeof tables / sizeof *tables; i++) {
		size_t size = 4711;
		bool fits = table_size(&tables[i], &size);

		fprintf(out, "size %zu: %d %zu\n", i, fits, size);
	}
	for (size_t i = 0; i < sizeof cells / sizeof *cells; i++) {
		size_t offset = 4711;
		bool there = table_cell(&tables[cells[i].table], cells[i].row, cells[i].column, &offset);

		fprintf(out, "cell %zu: %d %zu\n", i, there, offset);
	}
	return fclose(out) != 0;
}
