/* SPDX-License-Identifier: Apache-2.0 */
#include "report/cmmc_log.h"

#include "core/file.h"

enum { ALGORITHM_WIDTH = 15, HASH_WIDTH = 70, COLUMN_MAX = 2 * FILE_PATH_MAX };

static const struct profile {
	const char *name, *end;
	char separator;
	bool padded; /* rows to one width */
} profiles[CMMC_PROFILES] = {
	[CMMC_PS7_POSIX] = {"ps7-posix", "\n", '/', false},
	[CMMC_PS7_WINDOWS] = {"ps7-windows", "\r\n", '\\', false},
	[CMMC_PS51] = {"ps51", "\r\n", '\\', true},
};

const char *cmmc_profile_name(enum cmmc_profile p)
{
	return profiles[p].name;
}

bool cmmc_profile_takes(enum cmmc_profile p, const char *root)
{
	bool drive = ((root[0] >= 'A' && root[0] <= 'Z') || (root[0] >= 'a' && root[0] <= 'z')) && root[1] == ':' && root[2] == '\\';
	if (profiles[p].separator == '/')
		return root[0] == '/';
	return drive || (root[0] == '\\' && root[1] == '\\' && root[2]);
}

/* ASCII: of what is not, one '?' a character. */
static void add_path(struct text *out, const struct profile *p, const char *root, const char *path)
{
	struct slice parts[] = {slice_of_string(root), slice_of(&p->separator, 1), slice_of_string(path)};
	for (size_t i = 0; i < LENGTH(parts); i++)
		for (size_t at = 0; at < parts[i].size; at++) {
			unsigned char c = parts[i].at[at];
			if (c < 0x80)
				text_add_char(out, i == 2 && c == '/' ? p->separator : (char)c);
			else if (c >= 0xc0)
				text_add_char(out, '?');
		}
}

static void end_row(struct text *out, const struct profile *p, size_t start, size_t width)
{
	while (p->padded && out->size - start < width)
		text_add_char(out, ' ');
	text_add_string(out, p->end);
}

static void add_heading(struct text *out, const struct profile *p, const char *a, const char *b, const char *c, size_t width)
{
	size_t start = out->size;
	text_addf(out, "%-*s %-*s %s", ALGORITHM_WIDTH, a, HASH_WIDTH, b, c);
	end_row(out, p, start, width);
}

void cmmc_log_write(enum cmmc_profile profile, const char *root, const struct manifest_file files[], size_t count,
		    struct text *out)
{
	const struct profile *p = &profiles[profile];
	AUTO_TEXT struct text path = text_make(COLUMN_MAX);
	size_t width = 0;
	for (size_t i = 0; i < count; i++) {
		text_clear(&path);
		add_path(&path, p, root, files[i].path);
		width = path.size > width ? path.size : width;
	}
	width += ALGORITHM_WIDTH + 1 + HASH_WIDTH + 1;
	text_add_string(out, p->end);
	add_heading(out, p, "Algorithm", "Hash", "Path", width);
	add_heading(out, p, "---------", "----", "----", width);
	for (size_t i = 0; i < count; i++) {
		char hash[HASH_TEXT_MAX];
		size_t start = out->size;
		hash_text(files[i].digest, hash);
		for (char *c = hash; *c; c++)
			if (*c >= 'a' && *c <= 'f')
				*c = (char)(*c - 'a' + 'A');
		text_addf(out, "%-*s %-*s ", ALGORITHM_WIDTH, "SHA256", HASH_WIDTH, hash);
		add_path(out, p, root, files[i].path);
		end_row(out, p, start, width);
	}
	text_add_string(out, p->end);
}
