/* SPDX-License-Identifier: Apache-2.0 */
#include "collectors/windows/find_program.h"

#include "core/auto.h"
#include "core/windows/wide.h"

#include <windows.h>

#include <stdio.h>
#include <string.h>

/* An environment variable, or `otherwise` where there is none. */
static void read_variable(const wchar_t *name, const char *otherwise, struct text *ret)
{
	AUTO_FREE wchar_t *wide = must_alloc(WIDE_MAX, sizeof *wide);
	DWORD size = GetEnvironmentVariableW(name, wide, WIDE_MAX);
	if (size > 0 && size < WIDE_MAX)
		wide_add(ret, wide, size);
	else
		text_add_string(ret, otherwise);
}

static bool is_file(const char *path)
{
	AUTO_FREE wchar_t *wide = must_alloc(WIDE_MAX, sizeof *wide);
	if (!wide_from(path, wide, WIDE_MAX))
		return false;
	DWORD attributes = GetFileAttributesW(wide);
	return attributes != INVALID_FILE_ATTRIBUTES && !(attributes & FILE_ATTRIBUTE_DIRECTORY);
}

/* The next of "a;b;c"; false behind the last. */
static bool next_part(struct cursor *list, bool *more, struct slice *ret)
{
	if (!*more)
		return false;
	*more = cursor_until(list, ';', WIDE_MAX * 4, ret);
	if (!*more)
		*ret = cursor_rest(list);
	return true;
}

static bool ends_in(const char *name, struct slice ending)
{
	struct slice whole = slice_of_string(name);
	char wanted[64];
	return ending.size > 1 && ending.size < whole.size &&
	       slice_to_string(ending, wanted, sizeof wanted) &&
	       slice_is_nocase(slice_part(whole, whole.size - ending.size, ending.size), wanted);
}

static bool try_path(struct slice folder, const char *name, struct slice ending,
		     char ret[static FILE_PATH_MAX])
{
	int size = snprintf(ret, FILE_PATH_MAX, "%.*s%s%s%.*s", (int)folder.size, (const char *)folder.at,
			    folder.size ? "\\" : "", name, (int)ending.size, (const char *)ending.at);
	return size > 0 && size < FILE_PATH_MAX && is_file(ret);
}

/* The name in one folder ("": it holds its own), with each ending. */
static bool try_folder(struct slice folder, const char *name, struct slice endings,
		       char ret[static FILE_PATH_MAX])
{
	struct cursor c = cursor_over(endings);
	struct slice ending;
	bool more = true;
	while (next_part(&c, &more, &ending))
		if (ends_in(name, ending) && try_path(folder, name, SLICE(""), ret))
			return true;
	c = cursor_over(endings);
	more = true;
	while (next_part(&c, &more, &ending))
		if (ending.size > 1 && try_path(folder, name, ending, ret))
			return true;
	return false;
}

enum status find_program(const char *command, char ret[static FILE_PATH_MAX], struct error *err)
{
	AUTO_TEXT struct text path = text_make(4 * WIDE_MAX), endings = text_make(4 * WIDE_MAX);
	read_variable(L"PATHEXT", ".COM;.EXE;.BAT;.CMD", &endings);
	read_variable(L"PATH", "", &path);
	if (strpbrk(command, "\\/:")) {
		if (try_folder(SLICE(""), command, text_slice(&endings), ret))
			return OK;
		return fail(err, ERR_NO_INPUT, "%s: no such command", command);
	}
	struct cursor c = cursor_over(text_slice(&path));
	struct slice folder;
	bool more = true;
	while (next_part(&c, &more, &folder))
		if (folder.size && try_folder(folder, command, text_slice(&endings), ret))
			return OK;
	return fail(err, ERR_NO_INPUT, "%s: no such command in the folders of PATH", command);
}
