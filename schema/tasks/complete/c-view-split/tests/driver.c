#define _POSIX_C_SOURCE 200809L
#include "view.h"

#include <stdio.h>
#include <string.h>

static FILE *out;

static void show(struct view v)
{
	fprintf(out, " [");
	for (size_t i = 0; i < v.n && i < 60; i++) {
		if (v.at[i] >= 0x20 && v.at[i] < 0x7f)
			fprintf(out, "%c", v.at[i]);
		else
			fprintf(out, "<%02x>", (unsigned char)v.at[i]);
	}
	fprintf(out, "]%zu", v.n);
}

/* `text` is looked at from `start`, `n` bytes of it. */
static void split(const char *text, size_t start, size_t n, char separator)
{
	struct view rest = { text + start, n }, field = { "untouched", 9 };

	for (int i = 0; i < 12 && view_next(&rest, separator, &field); i++) {
		show(field);
		fprintf(out, "@%d", (int)(field.at - text));
	}
	fprintf(out, " end %d %zu", rest.at == NULL, rest.n);
	field = (struct view){ "untouched", 9 };
	fprintf(out, " %d", view_next(&rest, separator, &field));
	show(field);
	fprintf(out, "\n");
}

static void trim(const char *text, size_t start, size_t n)
{
	show(view_trim((struct view){ text + start, n }));
	fprintf(out, "\n");
}

int main(void)
{
	out = fdopen(3, "w");
	if (!out)
		return 1;
	split("a,bc,def", 0, 8, ',');
	split("a,bc,def", 0, 5, ',');
	split("a,bc,def", 0, 4, ',');
	split("a,bc,def", 2, 2, ',');
	split("a,bc,def", 1, 4, ',');
	split(",,", 0, 2, ',');
	split(",,,,", 1, 1, ',');
	split(",,,,", 1, 0, ',');
	split("x;y", 0, 3, ',');
	split("x\0,y\0", 0, 5, ',');
	split("x\0y\0z", 0, 5, '\0');
	split("a\xff" "b", 0, 3, '\xff');
	trim("  a b  ", 0, 7);
	trim("  a b  ", 1, 3);
	trim("  a b  ", 2, 2);
	trim("  a b  ", 5, 2);
	trim("     ", 1, 2);
	trim("     ", 2, 0);
	trim("\r\n\tkey \t\r\n", 0, 10);
	trim("\v a\f", 0, 4);
	trim(" \0 ", 0, 3);
	trim("\xa0 \xa0", 0, 3);
	trim("a", 0, 1);
	return fclose(out) != 0;
}
