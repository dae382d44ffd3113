#include "tag.h"

#include <stdio.h>
#include <string.h>

bool tag_set(struct tag *t, const char *name, const char *note)
{
	if (!name)
		name = "";
	if (!note)
		note = "";
	strncpy(t->name, name, sizeof t->name);
	strncpy(t->note, note, sizeof t->note);
	return strlen(name) <= sizeof t->name && strlen(note) <= sizeof t->note;
}

bool tag_add_note(struct tag *t, const char *text)
{
	size_t used = strlen(t->note);

	strncat(t->note, text, sizeof t->note - used);
	return used + strlen(text) <= sizeof t->note;
}

size_t tag_text(const struct tag *t, char *buf, size_t size)
{
	size_t length = strlen(t->name) + strlen(t->note) + 2;

	if (t->note[0])
		snprintf(buf, size, "%s: %s", t->name, t->note);
	else
		snprintf(buf, size, "%s", t->name);
	return length;
}
