/* SPDX-License-Identifier: Apache-2.0 */
#include "core/named.h"

#include "core/file.h"

#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { GROUP_MAX = 64 << 10 };

bool named_any(const struct named *n)
{
	return n->exe_count + n->unit_count + n->group_count + n->user_count > 0;
}

/* The path on the line of version 2. */
static struct slice group_of(struct slice text)
{
	struct cursor lines = cursor_over(text);
	struct slice line;
	while (cursor_line(&lines, &line, NULL))
		if (slice_starts(line, "0::/"))
			return slice_part(line, 3, line.size);
	return slice_of(NULL, 0);
}

bool named_in_group(struct slice text, const char *group)
{
	struct slice path = group_of(text), wanted = slice_of_string(group);
	while (wanted.size > 1 && wanted.at[wanted.size - 1] == '/')
		wanted.size--;
	if (path.size < wanted.size || !slice_equal(slice_part(path, 0, wanted.size), wanted))
		return false;
	return path.size == wanted.size || wanted.size == 1 || path.at[wanted.size] == '/';
}

bool named_in_unit(struct slice text, const char *unit)
{
	struct slice path = group_of(text), part;
	struct cursor parts = cursor_over(path);
	while (cursor_until(&parts, '/', path.size, &part))
		if (slice_is(part, unit))
			return true;
	return cursor_left(&parts) > 0 && slice_is(cursor_rest(&parts), unit);
}

bool named_exe(const struct named *n, struct slice path)
{
	if (slice_ends(path, " (deleted)"))
		path.size -= strlen(" (deleted)");
	for (size_t i = 0; i < n->exe_count; i++)
		if (slice_is(path, n->exes[i]))
			return true;
	return false;
}

bool named_user(const struct named *n, uid_t uid)
{
	for (size_t i = 0; i < n->user_count; i++)
		if (n->users[i] == uid)
			return true;
	return false;
}

const char *named_group(const struct named *n, struct slice text)
{
	for (size_t i = 0; i < n->unit_count; i++)
		if (named_in_unit(text, n->units[i]))
			return "unit";
	for (size_t i = 0; i < n->group_count; i++)
		if (named_in_group(text, n->groups[i]))
			return "cgroup";
	return NULL;
}

const char *named_by(const struct named *n, int folder)
{
	char path[FILE_PATH_MAX];
	struct stat st;
	ssize_t size = n->exe_count ? readlinkat(folder, "exe", path, sizeof path) : 0;
	if (size > 0 && named_exe(n, slice_of(path, (size_t)size)))
		return "exe";
	if (n->user_count && fstat(folder, &st) == 0 && named_user(n, st.st_uid))
		return "user";
	if (n->unit_count + n->group_count == 0)
		return NULL;
	AUTO_TEXT struct text text = text_make(GROUP_MAX);
	return file_read(folder, "cgroup", GROUP_MAX, &text, NULL) ? NULL : named_group(n, text_slice(&text));
}
