#define _POSIX_C_SOURCE 200809L
#include "join.h"

#include <stdio.h>
#include <string.h>

enum { AREA = 40 };

static FILE *out;

static void show(bool fits, const char *area)
{
	fprintf(out, "%d ", fits);
	for (size_t i = 0; i < AREA; i++)
		fprintf(out, "%c", area[i] ? area[i] : '$');
	fprintf(out, "\n");
}

static void join(size_t size, const char *dir, const char *name)
{
	char area[AREA];
	bool fits;

	memset(area, '#', sizeof area);
	fits = path_join(area + 4, size, dir, name);
	show(fits, area);
}

static void longer(size_t size, const char *dir, const char *name)
{
	char area[AREA];
	bool fits;

	memset(area, '#', sizeof area);
	memcpy(area + 4, dir, strlen(dir) + 1);
	fits = path_join(area + 4, size, area + 4, name);
	show(fits, area);
}

int main(void)
{
	out = fdopen(3, "w");
	if (!out)
		return 1;
	join(32, "a/b", "c");
	join(32, "a/b/", "c");
	join(32, "a/b///", "c");
	join(32, "/", "c");
	join(32, "//", "c/");
	join(32, "a", "/etc");
	join(32, "", "c");
	join(32, "a//", "");
	join(32, "", "");
	join(32, "a", "b//c");
	join(32, "..", "..");
	join(6, "ab", "cd");
	join(5, "ab", "cd");
	join(6, "ab///", "cd");
	join(3, "/", "x");
	join(2, "/", "x");
	join(0, "a", "b");
	join(0, "", "");
	join(1, "", "");
	join(2, "ab", "");
	join(3, "ab", "");
	join(4, "ab", "/bcd");
	join(5, "ab", "/bcd");
	longer(32, "one", "two");
	longer(32, "one///", "two");
	longer(32, "", "two");
	longer(32, "one/", "");
	longer(32, "one", "/two");
	longer(8, "one", "two");
	longer(7, "one", "two");
	longer(7, "one//", "two");
	longer(32, "///", "two");
	return fclose(out) != 0;
}
