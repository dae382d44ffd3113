#include "text.h"

#include <stdlib.h>
#include <string.h>

struct text {
	size_t owners;
	size_t n;
	char bytes[];
};

static long alive;

struct text *text_new(const char *bytes, size_t n)
{
	struct text *t = malloc(sizeof *t + n + 1);

	if (!t)
		abort();
	t->owners = 1;
	t->n = n;
	if (n)
		memcpy(t->bytes, bytes, n);
	t->bytes[n] = '\0';
	alive++;
	return t;
}

struct text *text_keep(struct text *t)
{
	t->owners++;
	return t;
}

void text_drop(struct text *t)
{
	if (!t || --t->owners > 0)
		return;
	alive--;
	free(t);
}

const char *text_bytes(const struct text *t)
{
	return t->bytes;
}

size_t text_length(const struct text *t)
{
	return t->n;
}

long text_alive(void)
{
	return alive;
}
