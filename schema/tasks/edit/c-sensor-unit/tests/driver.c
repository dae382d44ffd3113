#define _POSIX_C_SOURCE 200809L
#include "summary.h"

#include <stdio.h>
#include <string.h>

static FILE *out;

static bool parse(const char *line, struct reading *r)
{
	char buf[60], cut[12];
	bool good;
	int length;

	memset(r, 'x', sizeof *r);
	good = reading_parse(line, r);
	fprintf(out, "[%s] %d", line, good);
	if (!good) {
		fprintf(out, " %c%c\n", r->name[0], r->unit[0]);
		return false;
	}
	length = reading_format(r, buf, sizeof buf);
	reading_format(r, cut, sizeof cut);
	fprintf(out, " %s|%ld|%.8s|%zu [%s] %d [%s]\n", r->name, r->value, r->unit, sizeof r->unit, buf, length, cut);
	return true;
}

static void find(const struct summary *s, const char *name, const char *unit)
{
	const struct row *row = summary_find(s, name, unit);

	if (row)
		fprintf(out, "%s/%s: %s %s %ld %ld %u\n", name, unit, row->name, row->unit, row->least, row->most, row->count);
	else
		fprintf(out, "%s/%s: none\n", name, unit);
}

int main(void)
{
	static const char *const lines[] = {
		"pump 12", "pump -12 bar", "pump 12 mm/s^2", "pump 12 1234567", "pump 12 12345678", "pump 12 ", "pump 12  C", "pump 12 C ",
		"pump 12 C x", "pump", "pump ", "pump  C", "pump C", "pump 12C", "pump 1234567890 C", "pump 123456789 C",
		"123456789012345 0 %", "1234567890123456 0 %", " 1 C", "", "pump 12\tC", "pump 12 \xc2\xb0""C", "a 1 -",
	};
	static const char *const added[] = {
		"t 20 C", "t 68 F", "t 25 C", "t 1", "t -3", "u 5 C", "t 50 F", "v 1 a", "v 2 b", "v 3 c", "v 4 d", "v 5 e", "t 90 F", "v 9 a",
	};
	struct summary s = { .count = 0 };
	struct reading r;

	out = fdopen(3, "w");
	if (!out)
		return 1;
	for (size_t i = 0; i < sizeof lines / sizeof *lines; i++)
		parse(lines[i], &r);
	fprintf(out, "%ld\n", summary_widest(&s));
	for (size_t i = 0; i < sizeof added / sizeof *added; i++) {
		if (parse(added[i], &r)) {
			bool room = summary_add(&s, &r);

			fprintf(out, "%d %zu %ld\n", room, s.count, summary_widest(&s));
		}
	}
	find(&s, "t", "C");
	find(&s, "t", "F");
	find(&s, "t", "");
	find(&s, "u", "C");
	find(&s, "u", "");
	find(&s, "v", "a");
	find(&s, "v", "d");
	find(&s, "v", "e");
	find(&s, "w", "C");
	return fclose(out) != 0;
}
