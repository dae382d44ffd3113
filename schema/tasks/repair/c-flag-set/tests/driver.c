#define _POSIX_C_SOURCE 200809L
#include "flags.h"

#include <inttypes.h>
#include <limits.h>
#include <stdio.h>

static FILE *out;
static struct flags f;

static void show(const char *what)
{
	fprintf(out, "%s: %016" PRIx64 " %d\n", what, f.bits, flags_count(&f));
}

static void range(int first, int last)
{
	f.bits = 0;
	flags_add_range(&f, first, last);
	show("range");
}

int main(void)
{
	static const int numbers[] = { 0, 5, 30, 31, 32, 33, 62, 63, 64, -1, 65, 96, 128, INT_MAX, INT_MIN };
	enum { COUNT = sizeof numbers / sizeof *numbers };

	out = fdopen(3, "w");
	if (!out)
		return 1;
	for (int i = 0; i < COUNT; i++) {
		flags_add(&f, numbers[i]);
		show("add");
	}
	for (int i = 0; i < COUNT; i++)
		fprintf(out, "%d", flags_has(&f, numbers[i]));
	fprintf(out, "\n");
	for (int n = -5, i = 0; i < 12; i++) {
		n = flags_next(&f, n);
		fprintf(out, "%d ", n);
		if (n < 0)
			break;
	}
	fprintf(out, "\n");
	for (int n = -2; n < 66; n++)
		fprintf(out, "%d ", flags_next(&f, n));
	fprintf(out, "%d %d\n", flags_next(&f, -1000), flags_next(&f, INT_MAX - 1));
	flags_remove(&f, 64);
	flags_remove(&f, -1);
	flags_remove(&f, -64);
	flags_remove(&f, 31);
	show("remove");
	flags_remove(&f, 0);
	flags_remove(&f, 63);
	flags_remove(&f, 7);
	show("remove");
	range(0, 0);
	range(0, 31);
	range(31, 32);
	range(32, 63);
	range(0, 63);
	range(63, 63);
	range(-10, 3);
	range(60, 1000);
	range(INT_MIN, INT_MAX);
	range(5, 4);
	range(64, 70);
	range(-9, -1);
	flags_add_range(&f, 8, 15);
	flags_add_range(&f, 12, 40);
	show("ranges");
	return fclose(out) != 0;
}
