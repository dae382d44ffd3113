/* SPDX-License-Identifier: Apache-2.0 */
/* What an audit looks at itself: extensions in homes, programs that run. */
#include "tests/unit/test.h"

#include "cli/audit_gather.h"
#include "core/file.h"
#include "core/hash.h"

static void put_extension(struct scratch *s, const char *editor, const char *name, const char *text)
{
	char path[256];
	mkdirat(s->fd, editor, 0700);
	snprintf(path, sizeof path, "%s/extensions", editor);
	mkdirat(s->fd, path, 0700);
	snprintf(path, sizeof path, "%s/extensions/%s", editor, name);
	assert_int_equal(mkdirat(s->fd, path, 0700), 0);
	snprintf(path, sizeof path, "%s/extensions/%s/package.json", editor, name);
	if (text)
		scratch_put(s, path, slice_of_string(text));
}

static void extensions_of_a_home(void **state)
{
	struct scratch *s = *state;
	unsigned char digest[HASH_SIZE];
	char hash[HASH_TEXT_MAX], wanted[512];
	AUTO_TEXT struct text out = text_make(1 << 16);
	put_extension(s, ".vscode", "pub.some-ext-1.2.3", "{}");
	put_extension(s, ".vscode", "no-version", "{}");
	put_extension(s, ".vscode", "only-a-folder-1.0", NULL);
	put_extension(s, ".cursor", "\"\n-1", "{}");
	assert_int_equal(mkdirat(s->fd, ".vscode-oss", 0700), 0);
	assert_int_equal(symlinkat("../.vscode/extensions", s->fd, ".vscode-oss/extensions"), 0);
	audit_gather_extensions((const char *const[]){s->path, "/no/such/home", NULL}, &out);
	hash_bytes(SLICE("{}"), digest);
	hash_text(digest, hash);
	snprintf(wanted, sizeof wanted, "{\"fact\":\"extension\",\"name\":\"%s VS Code pub.some-ext\",\"value\":\"1.2.3 sha256:%s\"}\n", s->path, hash);
	assert_contains(text_string(&out), wanted);
	snprintf(wanted, sizeof wanted, "VS Code no-version\",\"value\":\" sha256:%s\"}\n", hash);
	assert_contains(text_string(&out), wanted);
	assert_contains(text_string(&out), "Cursor \\\"\\n\",\"value\":\"1 sha256:");
	assert_null(strstr(text_string(&out), "only-a-folder"));
	assert_null(strstr(text_string(&out), "VSCodium")); /* not through a link */
}

static void this_program_runs(void **state)
{
	(void)state;
	char self[FILE_PATH_MAX] = "", hash[HASH_TEXT_MAX];
	unsigned char digest[HASH_SIZE];
	struct error err = {0};
	const struct watch_roots one = {.pids = {getpid()}, .count = 1}, none = {.count = 0};
	AUTO_TEXT struct text out = text_make(1 << 22), wanted = text_make(8192);
	assert_true(readlink("/proc/self/exe", self, sizeof self - 1) > 0);
	int fd = open(self, O_RDONLY | O_CLOEXEC);
	assert_int_equal(hash_fd(fd, digest, NULL, &err), OK);
	close(fd);
	hash_text(digest, hash);
	text_addf(&wanted, "{\"fact\":\"program\",\"name\":\"%s\",\"value\":\"%s\"}\n", self, hash);
	audit_gather_programs(&one, &out);
	assert_string_equal(text_string(&out), text_string(&wanted));
	text_clear(&out);
	audit_gather_programs(&none, &out);
	assert_int_equal(out.size, 0);
	audit_gather_programs(NULL, &out);
	assert_contains(text_string(&out), text_string(&wanted));
}

int main(void)
{
	umask(077);
	const struct CMUnitTest tests[] = {
		scratch_test(extensions_of_a_home),
		cmocka_unit_test(this_program_runs),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
