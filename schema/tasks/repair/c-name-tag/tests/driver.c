#define _POSIX_C_SOURCE 200809L
#include "tag.h"

#include <stdio.h>
#include <string.h>

static FILE *out;
static struct {
	char before[8];
	struct tag t;
	char after[24]; /* with NULs among them, so that even a text without its end ends */
} area;

static void bytes(const char *b, size_t n)
{
	for (size_t i = 0; i < n; i++)
		fprintf(out, "%c", b[i] ? b[i] : '$');
}

static void show(bool fits)
{
	fprintf(out, "%d [", fits);
	bytes(area.before, sizeof area.before);
	fprintf(out, "|");
	bytes(area.t.name, sizeof area.t.name);
	fprintf(out, "|");
	bytes(area.t.note, sizeof area.t.note);
	fprintf(out, "|");
	bytes(area.after, 4);
	fprintf(out, "]\n");
}

static void set(const char *name, const char *note)
{
	memset(&area, '#', sizeof area);
	memset(area.after + 4, 0, sizeof area.after - 4);
	show(tag_set(&area.t, name, note));
}

static void text(size_t size)
{
	char buf[40];
	size_t length;

	memset(buf, '#', sizeof buf);
	length = tag_text(&area.t, buf + 2, size);
	fprintf(out, "%zu ", length);
	bytes(buf, 30);
	fprintf(out, "\n");
}

int main(void)
{
	out = fdopen(3, "w");
	if (!out)
		return 1;
	set("pump", "north");
	text(30);
	text(11);
	text(12);
	text(1);
	text(0);
	set("", "");
	text(30);
	set("1234567", "12345678901");
	text(30);
	set("12345678", "123456789012");
	text(30);
	set("123456789", "1234567890123");
	set(NULL, "x");
	text(20);
	set("x", NULL);
	text(20);
	text(2);
	set("name", "a");
	show(tag_add_note(&area.t, "bc"));
	show(tag_add_note(&area.t, ""));
	show(tag_add_note(&area.t, NULL));
	show(tag_add_note(&area.t, "defghijk"));
	show(tag_add_note(&area.t, ""));
	show(tag_add_note(&area.t, "l"));
	text(30);
	set("name", "12345678901");
	show(tag_add_note(&area.t, "2"));
	set("name", "123456");
	show(tag_add_note(&area.t, "7890123456"));
	text(30);
	return fclose(out) != 0;
}
