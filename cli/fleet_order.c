/* SPDX-License-Identifier: Apache-2.0 */
#include "cli/fleet_order.h"

#include "cli/fleet_reader.h"
#include "core/auto.h"
#include "fleet/claim.h"
#include "fleet/intake.h"

#include <stdlib.h>
#include <string.h>

struct placed {
	int64_t began_ns; /* INT64_MAX: not known */
	size_t place;	  /* on the command line */
	const char *path;
};

static int by_time(const void *a, const void *b)
{
	const struct placed *one = a, *other = b;
	if (one->began_ns != other->began_ns)
		return one->began_ns < other->began_ns ? -1 : 1;
	return one->place < other->place ? -1 : one->place > other->place;
}

/* The next record into `b`; false where it does not come, which is told when the bundle's turn comes. */
static bool take(struct fleet_reader *r, enum told_kind kind, struct intake_bundle *b)
{
	struct told record;
	struct error ignored = {0};
	return !fleet_reader_next(r, &record, &ignored) && record.kind == kind && !intake_take(b, &record);
}

static enum status look_into(struct placed *p, struct depot *d, const char *ca_file, struct error *err)
{
	struct fleet_reader r = {0};
	struct intake_bundle b = {0};
	bool known = false;
	enum status status = fleet_reader_start(p->path, ca_file, &r, err);
	bool told = !status && take(&r, TOLD_FILE, &b);
	if (told)
		status = intake_known(d, &b, &known, err);
	if (!status && told && (known || (take(&r, TOLD_CHECKED, &b) && b.outcome == INTAKE_GOOD)))
		p->began_ns = b.began_ns;
	fleet_reader_stop(&r);
	return status;
}

static struct placed place(const char *path, size_t n)
{
	const char *slash = strrchr(path, '/');
	struct claim claim;
	bool told = claim_read(slice_of_string(slash ? slash + 1 : path), &claim);
	return (struct placed){told ? claim.began_ns : INT64_MAX, n, path};
}

enum status fleet_order(struct fleet_files *f, struct depot *d, const char *ca_file, struct error *err)
{
	enum status status = OK;
	AUTO_FREE struct placed *all = must_alloc(f->count ? f->count : 1, sizeof *all);
	for (size_t i = 0; i < f->count && !status; i++) {
		all[i] = place(f->paths[i], i);
		if (all[i].began_ns == INT64_MAX && f->count > 1)
			status = look_into(&all[i], d, ca_file, err);
	}
	if (status)
		return status;
	qsort(all, f->count, sizeof *all, by_time);
	for (size_t i = 0; i < f->count; i++)
		f->paths[i] = all[i].path;
	return OK;
}
