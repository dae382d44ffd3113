/* SPDX-License-Identifier: Apache-2.0 */
/* Tables of controls, their lines, and lists of frameworks. */
#include "analysis/frameworks.h"

#include <stdlib.h>
#include <string.h>

enum { TEXT_MAX = 1 << 16 };

int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size);

static void require(bool holds)
{
	if (!holds)
		abort();
}

static void check(const struct control *c)
{
	require(c->framework.size && c->control.size && c->title.size && c->limit.size && c->person.size && c->examine.size);
	require(c->evidence < 1u << CONTROL_EVIDENCE_MAX && c->helps < 1u << CONTROL_EVIDENCE_MAX);
	require(c->strength < CONTROL_STRENGTHS && control_strength(c->strength)[0]);
}

/* A file that is taken has nothing in it twice; one that is not changes nothing. */
static void add(struct slice text)
{
	AUTO_FRAMEWORKS struct frameworks *all = frameworks_new();
	struct error err = {0};
	size_t before = frameworks_count(all);
	enum status status = frameworks_add(all, text, "f", &err);
	require(status == OK || ((status == ERR_CONFIG || status == ERR_LIMIT) && err.text[0]));
	require(!status || (frameworks_count(all) == before && frameworks_files(all)->count == 0));
	for (size_t i = 0; i < frameworks_count(all); i++)
		check(frameworks_at(all, i));
}

static void ask(const unsigned char *data, size_t size)
{
	static char list[TEXT_MAX];
	static struct frameworks *all;
	struct error err = {0};
	if (size >= sizeof list)
		return;
	all = all ? all : frameworks_new();
	memcpy(list, data, size);
	list[size] = 0;
	enum status status = frameworks_know(all, list, &err);
	require(status == OK || (status == ERR_CONFIG && err.text[0]));
}

int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size)
{
	struct cursor c = cursor_over(slice_of(data, size));
	struct slice line;
	struct control row;
	unsigned column;
	const char *why;
	while (cursor_line(&c, &line, NULL))
		if (control_read(line, &row, &column, &why))
			check(&row);
		else
			require(column >= 1 && column <= 12 && why[0]);
	if (size == 0)
		return 0;
	add(slice_of(data, size));
	ask(data, size);
	return 0;
}
