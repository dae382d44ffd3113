/* SPDX-License-Identifier: Apache-2.0 */
#include "report/fleet_document.h"

#include "core/clock.h"

#include <stdlib.h>
#include <string.h>

const struct fleet_heading fleet_headings[FLEET_PARTS] = {
	[FLEET_ALARMS] = {"alarms", "What stands out", "Nothing does."},
	[FLEET_HOSTS] = {"hosts", "Hosts", "There is none."},
	[FLEET_TREND] = {"trend", "Verdicts by night", "There is no night."},
	[FLEET_DESTINATIONS] = {"destinations", "Where sessions tried to go", "No session tried to leave its machine."},
	[FLEET_VECTORS] = {"vectors", "What for", "No session tried to leave its machine."},
	[FLEET_FINDINGS] = {"findings", "Findings", "There is none."},
	[FLEET_CONTROLS] = {"controls", "Objectives that the last night of each host bears on", "There is none."},
};

struct fleet_document fleet_document_new(void)
{
	return (struct fleet_document){.arena = arena_new(FLEET_MEMORY_MAX), .verdict = "INCONCLUSIVE"};
}

void fleet_document_free(struct fleet_document *d)
{
	arena_free(d->arena);
	for (size_t i = 0; i < FLEET_PARTS; i++)
		free(d->tables[i].cells);
	free(d->picture);
	*d = (struct fleet_document){0};
}

struct fleet_cell *fleet_document_row(struct fleet_table *t)
{
	enum { FIRST = 64 };
	t->more |= t->rows == FLEET_ROWS_MAX;
	if (t->more)
		return NULL;
	/* a power of two of rows, from the first few on */
	if (t->rows == 0 || (t->rows >= FIRST && (t->rows & (t->rows - 1)) == 0)) {
		size_t room = t->rows ? 2 * t->rows : FIRST;
		t->cells = must_realloc(t->cells, room * t->columns, sizeof *t->cells);
	}
	struct fleet_cell *row = &t->cells[t->rows++ * t->columns];
	memset(row, 0, t->columns * sizeof *row);
	return row;
}

void fleet_document_sentence(const struct fleet_document *d, struct text *out)
{
	char as_of[CLOCK_TEXT_MAX];
	clock_text(d->as_of_ns, 0, as_of);
	text_addf(out, "%lld %s, %lld %s over %lld %s, %lld %s to leave a machine, %lld refused; as of %s.", (long long)d->hosts,
		  text_plural((uint64_t)d->hosts, "host", "hosts"), (long long)d->bundles,
		  text_plural((uint64_t)d->bundles, "bundle", "bundles"), (long long)d->nights,
		  text_plural((uint64_t)d->nights, "night of a host", "nights of hosts"), (long long)d->leaving,
		  text_plural((uint64_t)d->leaving, "attempt", "attempts"), (long long)d->refused, as_of);
}
