/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/unit/test.h"

#include "core/auto.h"
#include "core/file.h"

#include <errno.h>

static void content_is(const struct scratch *s, const char *name, const char *wanted)
{
	size_t size;
	char *got = scratch_get(s, name, &size);
	assert_int_equal(size, strlen(wanted));
	assert_string_equal(got, wanted);
	free(got);
}

static void an_output_appears_only_when_complete(void **state)
{
	struct scratch *s = *state;
	struct error err = {0};
	struct file_output out;
	struct stat st;
	scratch_put(s, "f", SLICE("before"));
	assert_int_equal(file_begin(s->fd, "f", &out, &err), OK);
	assert_int_equal(file_write_fd(out.fd, SLICE("after"), "f", &err), OK);
	content_is(s, "f", "before");
	assert_int_equal(file_commit(&out, &err), OK);
	content_is(s, "f", "after");
	assert_false(scratch_has(s, "f.part"));
	assert_int_equal(out.fd, -1);
	assert_int_equal(fstatat(s->fd, "f", &st, 0), 0);
	assert_int_equal(st.st_mode & 0777, 0600);
	file_abandon(&out); /* nothing is left to abandon */
	content_is(s, "f", "after");
}

static void an_abandoned_output_leaves_nothing(void **state)
{
	struct scratch *s = *state;
	struct error err = {0};
	struct file_output out;
	assert_int_equal(file_begin(s->fd, "f", &out, &err), OK);
	assert_int_equal(file_write_fd(out.fd, SLICE("half"), "f", &err), OK);
	assert_true(scratch_has(s, "f.part"));
	file_abandon(&out);
	file_abandon(&out);
	assert_false(scratch_has(s, "f.part"));
	assert_false(scratch_has(s, "f"));
}

static void a_left_over_or_a_link_is_not_written_through(void **state)
{
	struct scratch *s = *state;
	struct error err = {0};
	scratch_put(s, "target", SLICE("mine"));
	assert_int_equal(symlinkat("target", s->fd, "f.part"), 0);
	assert_int_equal(symlinkat("target", s->fd, "f"), 0);
	assert_int_equal(file_write(s->fd, "f", SLICE("new"), &err), OK);
	content_is(s, "target", "mine");
	content_is(s, "f", "new");
	struct stat st;
	assert_int_equal(fstatat(s->fd, "f", &st, AT_SYMLINK_NOFOLLOW), 0);
	assert_true(S_ISREG(st.st_mode));
}

static void outputs_that_cannot_be_made(void **state)
{
	struct scratch *s = *state;
	struct error err = {0};
	struct file_output out;
	char longer[FILE_PATH_MAX + 10];
	assert_int_equal(file_write(s->fd, "no/such/folder", SLICE("x"), &err), ERR_NO_INPUT);
	assert_contains(err.text, "no/such/folder");
	memset(longer, 'x', sizeof longer - 1);
	longer[sizeof longer - 1] = 0;
	assert_int_equal(file_begin(s->fd, longer, &out, &err), ERR_LIMIT);
	assert_int_equal(mkdirat(s->fd, "folder", 0700), 0);
	assert_int_equal(file_write(s->fd, "folder", SLICE("x"), &err), ERR_CREATE);
	assert_contains(err.text, "folder is a folder, and a file was to be written: name a file in it");
	assert_false(scratch_has(s, "folder.part"));
	/* or becomes one meanwhile */
	assert_int_equal(file_begin(s->fd, "late", &out, &err), OK);
	assert_int_equal(mkdirat(s->fd, "late", 0700), 0);
	assert_int_equal(file_commit(&out, &err), ERR_IO);
	assert_false(scratch_has(s, "late.part"));
	assert_int_equal(mkdirat(s->fd, "g.part", 0700), 0);
	assert_int_equal(file_begin(s->fd, "g", &out, &err), ERR_CREATE);
	assert_int_equal(mkfifoat(s->fd, "pipe", 0600), 0);
	assert_int_equal(symlinkat("/dev/null", s->fd, "link"), 0);
	assert_int_equal(file_write(s->fd, "pipe", SLICE("x"), &err), ERR_CREATE);
	assert_int_equal(file_write(s->fd, "link", SLICE("x"), &err), ERR_CREATE);
	assert_contains(err.text, "device");
	assert_false(scratch_has(s, "link.part"));
}

static void a_full_disk_is_an_error(void **state)
{
	(void)state;
	struct error err = {0};
	AUTO_FD int fd = open("/dev/full", O_WRONLY | O_CLOEXEC);
	assert_true(fd >= 0);
	assert_int_equal(file_write_fd(fd, SLICE("x"), "report.pdf", &err), ERR_IO);
	assert_contains(err.text, "report.pdf");
	assert_contains(err.text, strerror(ENOSPC));
	assert_int_equal(file_write_fd(fd, slice_of(NULL, 0), "nothing", &err), OK);
	int closed = open("/dev/null", O_WRONLY);
	close(closed);
	assert_int_equal(file_close(&closed, "gone", &err), ERR_IO);
	assert_int_equal(closed, -1);
}

static void only_regular_files_are_opened(void **state)
{
	struct scratch *s = *state;
	struct error err = {0};
	int fd = -1;
	scratch_put(s, "f", SLICE("abc"));
	assert_int_equal(symlinkat("f", s->fd, "link"), 0);
	assert_int_equal(mkfifoat(s->fd, "pipe", 0600), 0);
	assert_int_equal(mkdirat(s->fd, "folder", 0700), 0);
	assert_int_equal(file_open(s->fd, "f", &fd, &err), OK);
	assert_int_equal(fcntl(fd, F_GETFD) & FD_CLOEXEC, FD_CLOEXEC);
	close(fd);
	fd = -1;
	static const char *const refused[] = {"link", "pipe", "folder", "missing", "f/below"};
	for (size_t i = 0; i < LENGTH(refused); i++) {
		err = (struct error){0};
		assert_int_equal(file_open(s->fd, refused[i], &fd, &err), ERR_NO_INPUT);
		assert_contains(err.text, refused[i]);
		assert_int_equal(fd, -1);
	}
	assert_int_equal(file_open(AT_FDCWD, "/dev/null", &fd, &err), ERR_NO_INPUT);
	assert_contains(err.text, "not a regular file");
}

static void reading_has_a_maximum(void **state)
{
	struct scratch *s = *state;
	struct error err = {0};
	AUTO_TEXT struct text text = text_make(100), small = text_make(2);
	scratch_put(s, "f", SLICE("abc"));
	text_add_string(&text, "before ");
	assert_int_equal(file_read(s->fd, "f", 3, &text, &err), OK);
	assert_string_equal(text_string(&text), "before abc");
	assert_int_equal(file_read(s->fd, "f", 2, &text, &err), ERR_LIMIT);
	assert_contains(err.text, "larger than 2 bytes");
	assert_int_equal(file_read(s->fd, "f", 10, &small, &err), ERR_LIMIT);
	assert_int_equal(file_read(s->fd, "g", 10, &text, &err), ERR_NO_INPUT);
}

static void folders(void **state)
{
	struct scratch *s = *state;
	struct error err = {0};
	int fd = -1;
	struct stat st;
	assert_int_equal(file_make_folder(s->fd, "new", &fd, &err), OK);
	assert_int_equal(fstat(fd, &st), 0);
	assert_true(S_ISDIR(st.st_mode) && (st.st_mode & 0777) == 0700);
	close(fd);
	fd = -1;
	assert_int_equal(file_make_folder(s->fd, "new", &fd, &err), ERR_CREATE);
	assert_int_equal(file_open_folder(s->fd, "missing", &fd, &err), ERR_NO_INPUT);
	scratch_put(s, "f", SLICE(""));
	assert_int_equal(file_open_folder(s->fd, "f", &fd, &err), ERR_NO_INPUT);
	assert_int_equal(fd, -1);
}

static void a_folder_may_be_there(void **state)
{
	struct scratch *s = *state;
	struct error err = {0};
	struct stat st;
	assert_int_equal(file_have_folders_above(s->fd, "a/b/c.txt", &err), OK);
	assert_int_equal(file_have_folders_above(s->fd, "a/b/c.txt", &err), OK);
	assert_int_equal(fstatat(s->fd, "a/b", &st, 0), 0);
	assert_int_equal(st.st_mode & 07777, 0700);
	assert_int_equal(fstatat(s->fd, "a/b/c.txt", &st, 0), -1);
	assert_int_equal(file_have_folder(s->fd, "a/b/d", &err), OK);
	assert_int_equal(file_have_folder(s->fd, "a/x/d", &err), ERR_NO_INPUT);
	assert_non_null(strstr(err.text, "cannot make the folder a/x/d"));
	assert_int_equal(file_have_folders_above(AT_FDCWD, "/nothing", &err), OK); /* but the root */
}

static void a_list_is_sorted_and_follows_nothing(void **state)
{
	struct scratch *s = *state;
	struct error err = {0};
	static const char *const wanted[] = {"B", "a", "b-c", "b/d/e", "b/z", "b0", "link", "pipe"};
	assert_int_equal(mkdirat(s->fd, "b", 0700), 0);
	assert_int_equal(mkdirat(s->fd, "b/d", 0700), 0);
	assert_int_equal(mkdirat(s->fd, "empty", 0700), 0);
	for (size_t i = 0; i < 6; i++)
		scratch_put(s, wanted[5 - i], slice_of("12345", i));
	assert_int_equal(symlinkat("b", s->fd, "link"), 0);
	assert_int_equal(mkfifoat(s->fd, "pipe", 0600), 0);
	struct arena *arena = arena_new(1 << 20);
	struct file_entry *entries = NULL;
	size_t count = 0;
	assert_int_equal(file_list(s->fd, arena, &entries, &count, &err), OK);
	assert_int_equal(count, LENGTH(wanted));
	for (size_t i = 0; i < count; i++) {
		assert_string_equal(entries[i].path, wanted[i]);
		assert_int_equal(entries[i].regular, i < 6);
		if (i < 6)
			assert_int_equal(entries[i].size, 5 - i);
	}
	arena_free(arena);
}

static void a_list_has_limits(void **state)
{
	struct scratch *s = *state;
	struct error err = {0};
	struct arena *arena = arena_new(1 << 20), *small = arena_new(8);
	struct file_entry *entries = NULL;
	size_t count = 7;
	assert_int_equal(file_list(s->fd, arena, &entries, &count, &err), OK);
	assert_int_equal(count, 0);
	char path[256] = "d";
	for (int i = 0; i < FILE_DEPTH_MAX; i++) {
		assert_int_equal(mkdirat(s->fd, path, 0700), 0);
		snprintf(path + strlen(path), 3, "/d");
	}
	assert_int_equal(file_list(s->fd, arena, &entries, &count, &err), OK);
	assert_int_equal(mkdirat(s->fd, path, 0700), 0);
	assert_int_equal(file_list(s->fd, arena, &entries, &count, &err), ERR_LIMIT);
	assert_contains(err.text, "deeper");
	assert_int_equal(unlinkat(s->fd, path, AT_REMOVEDIR), 0);
	scratch_put(s, "a-longer-name", SLICE(""));
	assert_int_equal(file_list(s->fd, small, &entries, &count, &err), ERR_LIMIT);
	arena_free(arena);
	arena_free(small);
}

static void maps_are_whole_files(void **state)
{
	struct scratch *s = *state;
	struct error err = {0};
	struct slice mapped = {0};
	scratch_put(s, "f", SLICE("mapped bytes"));
	scratch_put(s, "empty", SLICE(""));
	assert_int_equal(file_map(s->fd, "f", &mapped, &err), OK);
	assert_slice(mapped, "mapped bytes");
	file_unmap(&mapped);
	assert_int_equal(mapped.size, 0);
	file_unmap(&mapped);
	assert_int_equal(file_map(s->fd, "empty", &mapped, &err), OK);
	assert_int_equal(mapped.size, 0);
	file_unmap(&mapped);
	assert_int_equal(file_map(s->fd, "missing", &mapped, &err), ERR_NO_INPUT);
	assert_int_equal(symlinkat("f", s->fd, "link"), 0);
	assert_int_equal(file_map(s->fd, "link", &mapped, &err), ERR_NO_INPUT);
}

static void what_is_created_can_only_grow(void **state)
{
	struct scratch *s = *state;
	struct error err = {0};
	struct stat st;
	int fd = -1;
	assert_int_equal(file_create(s->fd, "log", &fd, &err), OK);
	assert_int_equal(file_write_fd(fd, SLICE("one"), "log", &err), OK);
	assert_int_equal(lseek(fd, 0, SEEK_SET), 0);
	assert_int_equal(file_write_fd(fd, SLICE(", two"), "log", &err), OK);
	assert_int_equal(fstat(fd, &st), 0);
	assert_int_equal(st.st_mode & 0777, 0600);
	assert_int_equal(file_sync(fd, "log", &err), OK);
	assert_int_equal(file_close(&fd, "log", &err), OK);
	content_is(s, "log", "one, two");
	assert_int_equal(file_create(s->fd, "log", &fd, &err), ERR_CREATE); /* it is there */
	assert_contains(err.text, "cannot make log");
	assert_int_equal(fd, -1);
	assert_int_equal(symlinkat("elsewhere", s->fd, "link"), 0);
	assert_int_equal(file_create(s->fd, "link", &fd, &err), ERR_CREATE);
	assert_false(scratch_has(s, "elsewhere"));
	assert_int_equal(file_sync(-1, "log", &err), ERR_IO);
	assert_contains(err.text, "cannot write log");
}

static void a_lock_is_shared_or_alone(void **state)
{
	const struct scratch *s = *state;
	struct error err = {0};
	scratch_put(s, "it", SLICE("x"));
	int one = openat(s->fd, "it", O_RDONLY | O_CLOEXEC), two = openat(s->fd, "it", O_RDONLY | O_CLOEXEC);
	assert_int_equal(file_lock(one, true, 0, "it", &err), OK);
	assert_int_equal(file_lock(two, true, 0, "it", &err), OK);
	assert_int_equal(file_lock(two, false, 1, "it", &err), ERR_BUSY);
	assert_string_equal(err.text, "it: somebody else keeps it locked");
	close(one);
	assert_int_equal(file_lock(two, false, 0, "it", &err), OK);
	close(two);
	assert_int_equal(file_lock(-1, false, 0, "it", &err), ERR_IO);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		scratch_test(an_output_appears_only_when_complete),
		scratch_test(an_abandoned_output_leaves_nothing),
		scratch_test(what_is_created_can_only_grow),
		scratch_test(a_left_over_or_a_link_is_not_written_through),
		scratch_test(outputs_that_cannot_be_made),
		cmocka_unit_test(a_full_disk_is_an_error),
		scratch_test(only_regular_files_are_opened),
		scratch_test(reading_has_a_maximum),
		scratch_test(folders),
		scratch_test(a_folder_may_be_there),
		scratch_test(a_list_is_sorted_and_follows_nothing),
		scratch_test(a_list_has_limits),
		scratch_test(maps_are_whole_files),
		scratch_test(a_lock_is_shared_or_alone),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
