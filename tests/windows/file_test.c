/* SPDX-License-Identifier: Apache-2.0 */
/*
 * core/file.h on Windows.
 */
#include "tests/windows/test.h"

#include "core/auto.h"
#include "core/file.h"
#include "core/hash.h"

#include <fcntl.h>
#include <windows.h>

/* umlaut, and one outside of the first 65,536 code points */
#define ODD_NAME "\xc3\xa4 \xf0\x9f\x98\x80"

static int open_folder(const char *path)
{
	struct error err;
	int fd = -1;
	CHECK_OK(file_open_folder(AT_FDCWD, path, &fd, &err), &err);
	return fd;
}

static bool content_is(int dirfd, const char *name, const char *wanted)
{
	struct error err;
	AUTO_TEXT struct text text = text_make(1000);
	CHECK_OK(file_read(dirfd, name, 1000, &text, &err), &err);
	return slice_is(text_slice(&text), wanted);
}

static bool is_there(int dirfd, const char *name)
{
	AUTO_FD int fd = -1;
	return file_open(dirfd, name, &fd, NULL) == OK;
}

static void an_output_appears_only_when_complete(const char *folder)
{
	struct error err;
	struct file_output out;
	AUTO_FD int dir = open_folder(folder);
	for (int round = 0; round < 2; round++) { /* the second time over the first */
		CHECK_OK(file_begin(dir, ODD_NAME, &out, &err), &err);
		CHECK_OK(file_write_fd(out.fd, SLICE("one\n"), "x", &err), &err);
		CHECK_OK(file_write_fd(out.fd, SLICE("two\r\n"), "x", &err), &err);
		CHECK(is_there(dir, ODD_NAME) == round);
		CHECK_OK(file_commit(&out, &err), &err);
		CHECK(out.fd == -1);
		file_abandon(&out);
		CHECK(content_is(dir, ODD_NAME, "one\ntwo\r\n"));
		CHECK(!is_there(dir, ODD_NAME ".part"));
	}
}

static void an_abandoned_output_leaves_nothing(const char *folder)
{
	struct error err;
	struct file_output out;
	AUTO_FD int dir = open_folder(folder);
	CHECK_OK(file_write(dir, "gone.part", SLICE("left over"), &err), &err);
	CHECK_OK(file_begin(dir, "gone", &out, &err), &err);
	CHECK_OK(file_write_fd(out.fd, SLICE("half"), "gone", &err), &err);
	file_abandon(&out);
	file_abandon(&out);
	CHECK(!is_there(dir, "gone") && !is_there(dir, "gone.part"));
}

static void a_folder_is_made_once(const char *folder)
{
	struct error err;
	AUTO_FD int dir = open_folder(folder), made = -1, again = -1;
	CHECK_OK(file_make_folder(dir, "sub", &made, &err), &err);
	CHECK(file_make_folder(dir, "sub", &again, &err) == ERR_CREATE);
	CHECK(slice_starts(slice_of_string(err.text), "cannot make the folder sub: "));
	CHECK_OK(file_write(made, "f", SLICE("inside"), &err), &err);
	CHECK(content_is(dir, "sub/f", "inside"));
	CHECK(file_open_folder(dir, "sub/f", &again, &err) == ERR_NO_INPUT);
	CHECK(file_open(dir, "sub", &again, &err) != OK);
	CHECK(file_open_folder(dir, "nowhere", &again, &err) == ERR_NO_INPUT);
	CHECK(again == -1);
}

static void what_is_created_can_only_grow(const char *folder)
{
	struct error err;
	AUTO_FD int dir = open_folder(folder), again = -1;
	int fd = -1;
	CHECK_OK(file_create(dir, "log", &fd, &err), &err);
	CHECK_OK(file_write_fd(fd, SLICE("one"), "log", &err), &err);
	CHECK(lseek(fd, 0, SEEK_SET) == 0);
	CHECK_OK(file_write_fd(fd, SLICE(", two"), "log", &err), &err);
	CHECK(content_is(dir, "log", "one, two")); /* others may read meanwhile */
	CHECK_OK(file_sync(fd, "log", &err), &err);
	CHECK(file_create(dir, "log", &again, &err) == ERR_CREATE);
	CHECK_OK(file_close(&fd, "log", &err), &err);
	CHECK(fd == -1 && file_create(dir, "log", &again, &err) == ERR_CREATE && again == -1);
	CHECK(content_is(dir, "log", "one, two"));
}

static void bytes_are_hashed_as_they_stand(const char *folder)
{
	struct error err;
	unsigned char digest[HASH_SIZE], wanted[HASH_SIZE];
	static const struct slice bytes = SLICE("a\r\nb\x1a\0c\n"); /* 0x1a ends a text file there */
	uint64_t size = 0;
	AUTO_FD int dir = open_folder(folder), fd = -1;
	CHECK_OK(file_write(dir, "binary", bytes, &err), &err);
	CHECK_OK(file_open(dir, "binary", &fd, &err), &err);
	CHECK_OK(hash_fd(fd, digest, &size, &err), &err);
	hash_bytes(bytes, wanted);
	CHECK(size == bytes.size && memcmp(digest, wanted, sizeof digest) == 0);
}

static void limits_and_failures_are_told(const char *folder)
{
	struct error err;
	AUTO_TEXT struct text text = text_make(1000);
	AUTO_FD int dir = open_folder(folder), fd = -1;
	CHECK_OK(file_write(dir, "ten", SLICE("0123456789"), &err), &err);
	CHECK(file_read(dir, "ten", 9, &text, &err) == ERR_LIMIT);
	text_clear(&text);
	CHECK_OK(file_read(dir, "ten", 10, &text, &err), &err);
	CHECK(file_read(dir, "nowhere", 10, &text, &err) == ERR_NO_INPUT);
	CHECK(file_write_fd(-1, SLICE("x"), "it", &err) != OK);
	CHECK(slice_starts(slice_of_string(err.text), "cannot write it: "));
	CHECK(file_sync(-1, "it", &err) != OK);
	CHECK_OK(file_open(dir, "ten", &fd, &err), &err); /* not for writing */
	CHECK(file_write_fd(fd, SLICE("x"), "ten", &err) == ERR_PERMISSION);
}

/* Beyond the 260 units that most of Windows stops at. */
static void long_paths(const char *folder)
{
	char name[201], path[2000];
	struct error err;
	AUTO_FD int dir = open_folder(folder);
	memset(name, 'n', sizeof name - 1);
	name[sizeof name - 1] = 0;
	size_t used = (size_t)snprintf(path, sizeof path, "%s", folder);
	for (int depth = 0; depth < 4; depth++) {
		int below = -1;
		CHECK_OK(file_make_folder(dir, name, &below, &err), &err);
		CHECK_OK(file_close(&dir, name, &err), &err);
		dir = below;
		used += (size_t)snprintf(path + used, sizeof path - used, "/%s", name);
	}
	CHECK_OK(file_write(dir, "deep", SLICE("down"), &err), &err);
	snprintf(path + used, sizeof path - used, "/deep");
	CHECK(content_is(AT_FDCWD, path, "down"));
}

int main(int argc, char *argv[])
{
	static const struct test tests[] = {
		TEST(an_output_appears_only_when_complete),
		TEST(an_abandoned_output_leaves_nothing),
		TEST(a_folder_is_made_once),
		TEST(what_is_created_can_only_grow),
		TEST(bytes_are_hashed_as_they_stand),
		TEST(limits_and_failures_are_told),
		TEST(long_paths),
	};
	return run_tests(tests, LENGTH(tests), argc, argv);
}
