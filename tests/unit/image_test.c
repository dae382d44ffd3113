/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/unit/fake_watch.h"

#include "collectors/linux/image.h"
#include "core/hash.h"

static const uint32_t NOBODY = 4194305; /* past the largest pid there is */

static char path_text[256];

static const char *put(struct fake *f, const char *name, struct slice bytes, uint64_t *ret_inode)
{
	struct stat st;
	scratch_put(f->s, name, bytes);
	assert_int_equal(fstatat(f->s->fd, name, &st, 0), 0);
	*ret_inode = st.st_ino;
	snprintf(path_text, sizeof path_text, "%s/%s", f->s->path, name);
	return path_text;
}

static void work(struct images *images)
{
	for (int i = 0; image_work(images); i++)
		assert_true(i < 1000);
}

static void check_hash(const struct json_value *got, struct slice bytes)
{
	unsigned char digest[HASH_SIZE];
	char text[HASH_TEXT_MAX];
	hash_bytes(bytes, digest);
	hash_text(digest, text);
	assert_true(slice_is(got->raw, text));
}

#define MEMBERS(m)                                                                                 \
	struct json_member m[] = {{.key = "image"},                                                \
				  {.key = "path"},                                                 \
				  {.key = "size"},                                                 \
				  {.key = "sha256"},                                               \
				  {.key = "problem"}}

static void a_program_is_hashed_once(void **state)
{
	struct fake *f = *state;
	MEMBERS(m);
	uint64_t inode;
	struct images *images = images_new(&f->w);
	const char *path = put(f, "program", SLICE("#!"), &inode);
	assert_false(image_work(images));
	assert_int_equal(image_see(images, NOBODY, path, inode), 1);
	assert_int_equal(image_see(images, NOBODY, path, inode), 1);
	work(images);
	assert_true(fake_record(f, "image", 0, m, LENGTH(m)));
	assert_slice(m[0].value.raw, "1");
	assert_true(slice_is(m[1].value.raw, path));
	assert_slice(m[2].value.raw, "2");
	check_hash(&m[3].value, SLICE("#!"));
	assert_int_equal(m[4].value.type, JSON_ABSENT);
	assert_int_equal(image_see(images, NOBODY, path, inode), 1);
	work(images);
	assert_int_equal(fake_count(f, "image"), 1);
	images_free(images);
	images_free(NULL);
}

static void a_changed_file_counts_as_another(void **state)
{
	struct fake *f = *state;
	MEMBERS(m);
	uint64_t inode;
	struct images *images = images_new(&f->w);
	const char *path = put(f, "p", SLICE("old"), &inode);
	assert_int_equal(image_see(images, NOBODY, path, inode), 1);
	work(images);
	path = put(f, "p", SLICE("newer"), &inode);
	assert_int_equal(image_see(images, NOBODY, path, inode), 2);
	work(images);
	assert_true(fake_record(f, "image", 1, m, LENGTH(m)));
	check_hash(&m[3].value, SLICE("newer"));
	images_free(images);
}

static void slices_make_up_the_whole(void **state)
{
	struct fake *f = *state;
	MEMBERS(m);
	uint64_t inode;
	const size_t size = IMAGE_SLICE + 1000;
	unsigned char *bytes = must_alloc(size, 1);
	for (size_t i = 0; i < size; i++)
		bytes[i] = (unsigned char)(i * 7);
	struct images *images = images_new(&f->w);
	const char *path = put(f, "p", slice_of(bytes, size), &inode);
	assert_int_equal(image_see(images, NOBODY, path, inode), 1);
	assert_true(image_work(images));
	assert_int_equal(fake_count(f, "image"), 0); /* not in one go */
	work(images);
	assert_true(fake_record(f, "image", 0, m, LENGTH(m)));
	check_hash(&m[3].value, slice_of(bytes, size));
	free(bytes);
	images_free(images);
}

static void what_cannot_be_hashed_says_why(void **state)
{
	struct fake *f = *state;
	MEMBERS(m);
	uint64_t inode;
	struct images *images = images_new(&f->w);
	const char *path = put(f, "p", SLICE("x"), &inode);
	assert_int_equal(image_see(images, NOBODY, path, inode + 1), 1); /* another file by now */
	assert_int_equal(image_see(images, NOBODY, path, inode + 1), 1);
	assert_int_equal(image_see(images, NOBODY, "/no/such/file", 1), 2);
	assert_int_equal(image_see(images, NOBODY, "", 1), 3);
	assert_int_equal(image_see(images, NOBODY, path, inode), 4); /* that one is there */
	work(images);
	for (size_t i = 0; i < 3; i++) {
		assert_true(fake_record(f, "image", i, m, LENGTH(m)));
		assert_int_equal(m[3].value.type, JSON_ABSENT);
		assert_int_equal(m[4].value.type, JSON_STRING);
	}
	assert_true(fake_record(f, "image", 3, m, LENGTH(m)));
	check_hash(&m[3].value, SLICE("x"));
	images_free(images);
}

static void our_own_program_by_its_process(void **state)
{
	struct fake *f = *state;
	char path[IMAGE_PATH_MAX], none[IMAGE_PATH_MAX];
	struct stat st;
	struct images *images = images_new(&f->w);
	assert_true(image_path((uint32_t)getpid(), path));
	assert_true(strstr(path, "image_test") != NULL);
	assert_false(image_path(NOBODY, none));
	assert_string_equal(none, "");
	assert_int_equal(stat("/proc/self/exe", &st), 0);
	assert_int_equal(image_see(images, (uint32_t)getpid(), "/moved/away", st.st_ino), 1);
	MEMBERS(m);
	work(images);
	assert_true(fake_record(f, "image", 0, m, LENGTH(m)));
	assert_int_equal(m[3].value.type, JSON_STRING);
	assert_slice(m[1].value.raw, "/moved/away");
	images_free(images);
}

static void there_is_a_maximum(void **state)
{
	struct fake *f = *state;
	struct images *images = images_new(&f->w);
	char path[64];
	for (unsigned i = 0; i < IMAGE_MAX; i++) {
		snprintf(path, sizeof path, "/no/such/%u", i);
		assert_int_equal(image_see(images, NOBODY, path, 1), i + 1);
	}
	assert_int_equal(image_see(images, NOBODY, "/no/such/more", 1), 0);
	assert_int_equal(image_see(images, NOBODY, "/no/such/0", 1), 1);
	images_free(images);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		fake_test(a_program_is_hashed_once),
		fake_test(a_changed_file_counts_as_another),
		fake_test(slices_make_up_the_whole),
		fake_test(what_cannot_be_hashed_says_why),
		fake_test(our_own_program_by_its_process),
		fake_test(there_is_a_maximum),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
