/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Lines of four fields with a tab between, the first a heading:
 * name  path  role  what       (a path begins with "~/" and may hold "*")
 */
#include "cli/apps.h"

#include "core/privilege.h"
#include "tables.h" /* generated */

#include <glob.h>
#include <stdio.h>

enum { FIELD_MAX = 256 };

static bool read_line(struct slice line, struct app *ret)
{
	struct cursor c = cursor_over(line);
	bool whole = cursor_until(&c, '\t', FIELD_MAX, &ret->name) &&
		     cursor_until(&c, '\t', FIELD_MAX, &ret->path) &&
		     cursor_until(&c, '\t', FIELD_MAX, &ret->role);
	ret->what = cursor_rest(&c);
	return whole && slice_starts(ret->path, "~/");
}

bool apps_next(size_t *at, struct app *ret)
{
	struct slice table = slice_of(embedded_table_apps, embedded_table_apps_size), line;
	struct cursor c = cursor_over(slice_part(table, *at, table.size));
	while (cursor_line(&c, &line, NULL)) {
		*at = table.size - cursor_left(&c);
		if (read_line(line, ret))
			return true;
	}
	return false;
}

enum status apps_check(const char *name, struct error *err)
{
	struct app app;
	for (size_t at = 0; apps_next(&at, &app);)
		if (slice_is(app.name, name))
			return OK;
	return fail(err, ERR_USAGE, "--app: no app is called %s (airgap-verify list apps)", name);
}

static void add_found(const char *name, const char *pattern, char ret[][FILE_PATH_MAX], size_t max,
		      size_t *count)
{
	glob_t found;
	if (glob(pattern, 0, NULL, &found) != 0)
		return;
	for (size_t i = 0; i < found.gl_pathc && *count < max; i++)
		if (snprintf(ret[*count], FILE_PATH_MAX, "%s=%s", name, found.gl_pathv[i]) < FILE_PATH_MAX)
			++*count;
	globfree(&found);
}

enum status apps_logs(const char *name, char ret[][FILE_PATH_MAX], size_t max, size_t *count,
		      struct error *err)
{
	struct invoker who;
	struct app app;
	enum status status = apps_check(name, err);
	if (!status)
		status = privilege_invoker(&who, err);
	for (size_t at = 0; !status && apps_next(&at, &app);) {
		char pattern[FILE_PATH_MAX];
		if (!slice_is(app.name, name))
			continue;
		struct slice below = slice_part(app.path, 2, app.path.size);
		if (snprintf(pattern, sizeof pattern, "%s/%.*s", who.home, (int)below.size,
			     (const char *)below.at) < (int)sizeof pattern)
			add_found(name, pattern, ret, max, count);
	}
	return status;
}
