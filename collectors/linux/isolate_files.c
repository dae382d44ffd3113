/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Files that lie on another machine: the kernel, or a program outside, carries what is
 * written to them there. Mounts of such kinds (proc(5), mountinfo) get an empty folder
 * over them, but for those that the command's own folders lie on.
 *
 *   36 35 98:0 /root /mount\040point rw,noatime master:1 - nfs4 server:/export rw
 */
#include "collectors/linux/isolate.h"

#include "core/file.h"
#include "core/text.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <sys/mount.h>

enum {
	MOUNTINFO_MAX = 4 << 20,
	WORDS_BEFORE = 4, /* in front of the mount point */
	WORD_MAX = 4096,
};

/* What begins so; the host of a virtual machine is another machine, too. */
static const char *const kinds[] = {"nfs", "cifs", "smb", "ceph", "afs", "9p", "virtiofs", "lustre", "gfs2", "ocfs2",
				    "glusterfs", "fuse.", "autofs", "coda", "ncpfs", "vboxsf", "vmhgfs", "prl_fs"};

/* Of these kinds, but of the machine itself. */
static const char *const local_kinds[] = {"fuse.lxcfs", "fuse.snapfuse"};
static const char *const local_places[] = {"/proc/", "/boot", "/efi", "/sys/"};

static bool starts_with_any(struct slice text, const char *const list[], size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (slice_starts(text, list[i]))
			return true;
	return false;
}

/* Blanks, tabs, line ends and backslashes stand as three octal digits. */
static bool unescape(struct slice word, char ret[static ISOLATE_PATH_MAX])
{
	size_t used = 0;
	for (struct cursor c = cursor_over(word); cursor_left(&c) > 0;) {
		unsigned char byte = cursor_u8(&c);
		if (byte == '\\') {
			struct slice digits = cursor_take(&c, 3);
			byte = 0;
			for (size_t i = 0; i < digits.size; i++)
				byte = (unsigned char)(byte * 8 + (digits.at[i] - '0'));
		}
		if (used + 1 >= ISOLATE_PATH_MAX)
			return false;
		ret[used++] = (char)byte;
	}
	ret[used] = 0;
	return used > 0;
}

bool isolate_files_next(struct cursor *mountinfo, char ret_path[static ISOLATE_PATH_MAX],
			char ret_kind[static ISOLATE_KIND_MAX])
{
	struct slice line, word, place = {0}, kind;
	while (cursor_line(mountinfo, &line, NULL)) {
		struct cursor c = cursor_over(line);
		for (int i = 0; i <= WORDS_BEFORE && cursor_word(&c, WORD_MAX, &word); i++)
			place = word;
		size_t dash = slice_search(line, SLICE(" - "));
		c = cursor_over(slice_part(line, dash + 3, line.size));
		if (dash == line.size || !cursor_word(&c, WORD_MAX, &kind) || !starts_with_any(kind, kinds, LENGTH(kinds)) ||
		    starts_with_any(kind, local_kinds, LENGTH(local_kinds)) ||
		    starts_with_any(place, local_places, LENGTH(local_places)))
			continue;
		if (unescape(place, ret_path)) {
			slice_to_string(slice_part(kind, 0, ISOLATE_KIND_MAX - 1), ret_kind, ISOLATE_KIND_MAX);
			return true;
		}
	}
	return false;
}

static void keep_in_mind(struct isolate *i, const char *path, const char *kind)
{
	if (i->files_count == ISOLATE_FILES_MAX) {
		i->files_cut = true;
		return;
	}
	struct isolate_files *f = &i->files[i->files_count++];
	snprintf(f->path, sizeof f->path, "%s", path);
	snprintf(f->kind, sizeof f->kind, "%s", kind);
}

enum status isolate_files(struct isolate *i, isolate_needs_fn *needs, const void *context, struct error *err)
{
	char path[ISOLATE_PATH_MAX], kind[ISOLATE_KIND_MAX];
	AUTO_TEXT struct text text = text_make(MOUNTINFO_MAX);
	enum status status = file_read(AT_FDCWD, "/proc/self/mountinfo", MOUNTINFO_MAX, &text, err);
	if (status)
		return fail_in(err, "isolate");
	for (struct cursor c = cursor_over(text_slice(&text)); isolate_files_next(&c, path, kind);)
		if (isolate_hides(i, path))
			continue;
		else if (needs(context, path))
			keep_in_mind(i, path, kind);
		else if (mount("tmpfs", path, "tmpfs", MS_NOSUID | MS_NODEV | MS_RDONLY, "mode=755") == 0)
			i->files_hidden++;
		else if (errno != ENOENT && errno != EACCES)
			keep_in_mind(i, path, kind);
	return OK;
}
