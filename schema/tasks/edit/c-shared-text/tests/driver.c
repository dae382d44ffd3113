#define _POSIX_C_SOURCE 200809L
#include "doc.h"

#include <stdint.h>
#include <stdio.h>
#include <string.h>

static FILE *out;

static void show(const char *what, const struct doc *d)
{
	fprintf(out, "%s: %ld alive, %zu lines:", what, text_alive(), d->count);
	for (size_t i = 0; i < d->count; i++)
		fprintf(out, " %s(%zu)", text_bytes(d->lines[i]), text_length(d->lines[i]));
	fprintf(out, "\n");
}

static void add(struct doc *d, const char *bytes)
{
	struct text *t = text_new(bytes, strlen(bytes));
	bool added = doc_add(d, t);

	fprintf(out, "%d ", added);
	text_drop(t);
}

int main(void)
{
	struct doc a = { .count = 0 }, b = { .count = 0 };
	struct text *t, *u;
	bool done;

	out = fdopen(3, "w");
	if (!out)
		return 1;
	text_drop(NULL);
	t = text_new("shared", 6);
	fprintf(out, "%d %ld\n", text_keep(t) == t, text_alive());
	text_drop(t);
	done = doc_add(&a, t);
	fprintf(out, "%d %d %ld\n", done, doc_line(&a, 0) == t, text_alive());
	doc_add(&a, t);
	doc_add(&a, doc_line(&a, 0));
	show("three times", &a);
	text_drop(t);
	show("without the first owner", &a);
	doc_remove(&a, 0);
	doc_remove(&a, 5);
	show("two", &a);
	done = doc_set(&a, 0, doc_line(&a, 0));
	show("set to itself", &a);
	doc_remove(&a, 1);
	done = doc_set(&a, 0, doc_line(&a, 0));
	show("the only owner, set to itself", &a);
	add(&a, "one");
	add(&a, "");
	add(&a, "two");
	show("a", &a);
	doc_copy(&b, &a);
	fprintf(out, "%d %d ", doc_line(&b, 1) == doc_line(&a, 1), doc_line(&a, 4) == NULL);
	show("b", &b);
	doc_copy(&b, &b);
	show("b", &b);
	t = doc_line(&a, 1);
	done = doc_join(&a, 1);
	fprintf(out, "%d %d ", done, doc_line(&a, 1) == t);
	show("join with an empty one", &a);
	done = doc_join(&a, 1);
	fprintf(out, "%d ", done);
	show("join", &a);
	show("b", &b);
	t = doc_line(&b, 3);
	done = doc_join(&b, 2);
	fprintf(out, "%d %d ", done, doc_line(&b, 2) == t);
	show("join with an empty one", &b);
	done = doc_join(&b, 2);
	fprintf(out, "%d ", done);
	done = doc_join(&b, SIZE_MAX);
	fprintf(out, "%d ", done);
	done = doc_join(&b, SIZE_MAX - 1);
	fprintf(out, "%d ", done);
	show("b", &b);
	u = text_new("x\0y", 3);
	doc_add(&b, u);
	doc_add(&b, u);
	done = doc_join(&b, 3);
	fprintf(out, "%d %d ", done, !memcmp(text_bytes(doc_line(&b, 3)), "x\0yx\0y", 7));
	text_drop(u);
	show("with NULs", &b);

	doc_clear(&a);
	show("a", &a);
	add(&a, "a0");
	add(&a, "a1");
	doc_insert(&a, 1, &b);
	show("inserted", &a);
	doc_insert(&a, 0, &a);
	show("itself", &a);
	doc_insert(&a, 3, &b);
	show("no room", &a);
	doc_clear(&a);
	add(&a, "x");
	add(&a, "y");
	add(&a, "z");
	doc_insert(&a, 1, &a);
	show("itself", &a);
	doc_insert(&a, 99, &a);
	show("at the end, cut", &a);
	doc_copy(&b, &a);
	while (a.count > 2)
		doc_remove(&a, 0);
	doc_insert(&a, 2, &a);
	doc_join(&a, 0);
	doc_join(&a, 0);
	show("a", &a);
	doc_clear(&a);
	show("cleared", &a);
	doc_insert(&a, 0, &a);
	doc_copy(&b, &a);
	show("b", &b);
	doc_clear(&b);
	done = doc_join(&a, 0);
	fprintf(out, "%d %ld\n", done, text_alive());
	return fclose(out) != 0;
}
