/* SPDX-License-Identifier: Apache-2.0 */
/*
 * As @electron/asar writes it, all numbers little-endian (Chromium's pickle twice):
 *
 *    0  04 00 00 00
 *    4  size of what follows up to the files, s:4
 *    8  s - 4, payload of the inner pickle:4
 *   12  size of the list:4
 *   16  the list, JSON, padded with NULs to a multiple of 4
 *       {"files":{"dist":{"files":{"main.js":{"size":12,"offset":"0"}}}}}
 *  8+s  the files
 *
 * Offsets are strings of digits. A file without one lies beside the archive
 * ("unpacked") or is a link: it is found on its own there.
 */
#include "ingest/inventory/asar.h"

#include "core/error.h"
#include "core/json.h"

#include <string.h>

struct walk {
	asar_sink *sink;
	void *to;
	uint64_t files;
	const char *problem;
	char path[ASAR_PATH_MAX + 1];
};

bool asar_sniff(struct slice first, uint64_t *ret_list, uint64_t *ret_files)
{
	struct cursor c = cursor_over(first);
	uint64_t pickle = cursor_le32(&c), outer = cursor_le32(&c), inner = cursor_le32(&c);
	*ret_list = cursor_le32(&c);
	*ret_files = 8 + outer;
	return !c.short_read && pickle == 4 && inner + 4 == outer && *ret_list > 2 &&
	       *ret_list + 4 <= inner && inner - *ret_list < 8;
}

static bool read_offset(const struct json_value *v, uint64_t *ret)
{
	return v->type == JSON_STRING && slice_u64(v->raw, INT64_MAX, ret);
}

static void walk_folder(struct walk *w, const struct json_value *files, size_t path, unsigned depth);

static void walk_entry(struct walk *w, const struct json_value *entry, size_t path, unsigned depth)
{
	struct json_member m[] = {{.key = "files"}, {.key = "size"}, {.key = "offset"}};
	struct asar_file file = {.path = slice_of(w->path, path)};
	struct json_value *files = &m[0].value;
	if (entry->type != JSON_OBJECT || json_read_object(entry->raw, m, LENGTH(m), NULL)) {
		w->problem = "its list of files has an entry that is none";
	} else if (files->type == JSON_OBJECT) {
		walk_folder(w, files, path, depth + 1);
	} else if (read_offset(&m[2].value, &file.offset) && json_u64(&m[1].value, INT64_MAX, &file.size)) {
		if (++w->files > ASAR_FILES_MAX)
			w->problem = "it lists too many files";
		else
			w->sink(w->to, &file);
	}
}

static void walk_folder(struct walk *w, const struct json_value *files, size_t path, unsigned depth)
{
	struct cursor members = json_object(files);
	struct slice key;
	struct json_value entry;
	if (depth > ASAR_DEPTH_MAX) {
		w->problem = "its folders are nested too deep";
		return;
	}
	while (!w->problem && json_next_member(&members, &key, &entry)) {
		size_t lead = path ? 1 : 0;
		if (path + lead + key.size > ASAR_PATH_MAX) {
			w->problem = "it lists a path that is too long";
			return;
		}
		if (lead)
			w->path[path] = '/';
		if (key.size)
			memcpy(w->path + path + lead, key.at, key.size);
		walk_entry(w, &entry, path + lead + key.size, depth);
	}
}

const char *asar_read(struct slice list, asar_sink *sink, void *to)
{
	struct walk w = {.sink = sink, .to = to};
	struct json_value all;
	if (json_read(list, &all, NULL) || all.type != JSON_OBJECT)
		return "its list of files is no JSON, or nested too deep";
	walk_entry(&w, &all, 0, 0);
	return w.problem;
}
