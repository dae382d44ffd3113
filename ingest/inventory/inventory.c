/* SPDX-License-Identifier: Apache-2.0 */
#include "ingest/inventory/inventory.h"

#include "ingest/inventory/inspector.h"
#include "ingest/inventory/tree.h"

struct reading {
	const struct inventory_options *how;
	struct found *found;
	struct inspector *inspector;
	const char *path; /* at hand */
};

static bool tell(void *to, uint64_t bytes)
{
	struct reading *r = to;
	return !r->how->tell || r->how->tell(r->how->to, r->path, bytes);
}

static enum status visit(void *to, int fd, const char *path, struct error *err)
{
	struct reading *r = to;
	r->path = path;
	return inspector_file(r->inspector, fd, path, err);
}

static void pass(void *to, const char *reason, const char *path)
{
	struct reading *r = to;
	found_note(r->found, reason, path, 1);
}

enum status inventory_read(const char *const paths[], size_t count, const struct inventory_options *how,
			   struct found **ret, struct error *err)
{
	struct reading r = {.how = how, .found = found_new(), .path = ""};
	const struct tree_visitor visitor = {visit, pass, &r};
	const struct inspector_options options = {&how->known, r.found, tell, &r};
	*ret = r.found;
	enum status status = inspector_new(&options, &r.inspector, err);
	for (size_t i = 0; i < count && !status; i++)
		status = tree_walk(paths[i], &visitor, err);
	inspector_free(r.inspector);
	return status;
}
