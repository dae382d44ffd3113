/* SPDX-License-Identifier: Apache-2.0 */
/* The state folder of audits: whose it is, who holds it, what is kept in it. */
#include "tests/unit/test.h"

#include "cli/audit_lock.h"
#include "cli/audit_state.h"
#include "cli/state_folder.h"
#include "core/auto.h"

static struct audit_state *fresh(void)
{
	static struct audit_state s;
	return &s;
}

static void a_state_comes_back_as_it_was(void **state)
{
	struct scratch *s = *state;
	struct error err = {0};
	struct audit_state *out = must_alloc(1, sizeof *out), *in = fresh();
	*out = (struct audit_state){
		.there = true,
		.last = {"id\"1", "audits/a", "bundles/a.zip", "FAIL", "b00t", "ab12", 5, 9},
		.trouble_ns = 11,
		.trouble = "no room",
		.known_sha256 = "00ff",
		.logs = {{"ufw", "/var/log/ufw.log", {1, UINT64_MAX, 7, {1, 2, 255}}}, {"a", "/a", {0, 0, 0, {0}}}},
		.log_count = 2,
	};
	assert_int_equal(audit_state_load(s->fd, s->path, in, &err), OK);
	assert_false(in->there);
	assert_int_equal(audit_state_save(s->fd, out, &err), OK);
	assert_int_equal(audit_state_load(s->fd, s->path, in, &err), OK);
	assert_memory_equal(in, out, sizeof *in);
	assert_ptr_equal(audit_state_log(in, "/a"), &in->logs[1]);
	assert_null(audit_state_log(in, "/b"));
	memset(out->last.bundle, 0, sizeof out->last.bundle);
	memset(out->trouble, 0, sizeof out->trouble);
	out->trouble_ns = 0;
	assert_int_equal(audit_state_save(s->fd, out, &err), OK);
	assert_int_equal(audit_state_load(s->fd, s->path, in, &err), OK);
	assert_memory_equal(in, out, sizeof *in);
	assert_int_equal(fchmodat(s->fd, "state.json", 0666, 0), 0);
	assert_int_equal(audit_state_load(s->fd, s->path, in, &err), ERR_PERMISSION);
	free(out);
}

#define HEAD "{\"format\":\"airgap-verify audit state\",\"version\":1,"
#define LOG(offset, tail) HEAD "\"logs\":[{\"name\":\"a\",\"path\":\"/a\",\"device\":1,\"inode\":2,\"offset\":" offset ",\"tail_sha256\":\"" tail "\"}]}"
#define ZEROS "0000000000000000000000000000000000000000000000000000000000000000"
#define LAST(verdict, ended) HEAD "\"last\":{\"id\":\"i\",\"folder\":\"f\",\"began_ns\":1,\"ended_ns\":" ended ",\"verdict\":\"" verdict "\"}}"

static void what_is_none_is_refused(void **state)
{
	(void)state;
	static const char *const bad[] = {
		"", "{}", "[]", "{\"format\":\"airgap-verify audit state\",\"version\":2}", HEAD "\"logs\":{}}", HEAD "\"last\":7}",
		LAST("COMPLIANT", "2"), LAST("PASS", "0"), LAST("PASS", "-4"), LOG("-1", ZEROS), LOG("9223372036854775808", ZEROS),
		LOG("1", "00"), HEAD "\"trouble\":{\"what\":\"x\"}}", HEAD "\"logs\":[7]}",
	};
	for (size_t i = 0; i < LENGTH(bad); i++) {
		if (!audit_state_parse(slice_of_string(bad[i]), fresh()))
			print_error("taken: %s\n", bad[i]);
		assert_non_null(audit_state_parse(slice_of_string(bad[i]), fresh()));
	}
	assert_null(audit_state_parse(slice_of_string(LAST("PASS", "2")), fresh()));
	assert_null(audit_state_parse(slice_of_string(LOG("1", ZEROS)), fresh()));
	assert_int_equal(fresh()->log_count, 1);
	AUTO_TEXT struct text many = text_make(1 << 20);
	text_add_string(&many, HEAD "\"logs\":[");
	for (int i = 0; i <= AUDIT_LOGS_MAX; i++)
		text_addf(&many, "%s{\"name\":\"a\",\"path\":\"/a\",\"device\":1,\"inode\":2,\"offset\":1,\"tail_sha256\":\"" ZEROS "\"}", i ? "," : "");
	text_add_string(&many, "]}");
	assert_string_equal(audit_state_parse(text_slice(&many), fresh()), "more logs than can be");
}

static void the_second_is_told_who_holds_it(void **state)
{
	struct scratch *s = *state;
	struct error err = {0};
	char wanted[64];
	int first = -1, second = -1;
	assert_int_equal(audit_lock(s->fd, s->path, &first, &err), OK);
	assert_int_equal(audit_lock(s->fd, s->path, &second, &err), ERR_BUSY);
	snprintf(wanted, sizeof wanted, "process %d since 2", (int)getpid());
	assert_contains(err.text, wanted);
	assert_int_equal(error_exit(err.status), 75);
	close(first);
	assert_int_equal(audit_lock(s->fd, s->path, &second, &err), OK);
	close(second);
}

static void the_folder_is_its_users_alone(void **state)
{
	struct scratch *s = *state;
	struct error err = {0};
	char path[FILE_PATH_MAX];
	struct stat st;
	snprintf(path, sizeof path, "%s/a/b", s->path);
	struct state_folder f;
	assert_int_equal(state_folder_open(path, &f, &err), OK);
	assert_int_equal(fstat(f.bundles, &st), 0);
	assert_int_equal(st.st_mode & 0777, 0700);
	state_folder_close(&f);
	state_folder_close(&f);
	assert_int_equal(chmod(path, 0777), 0);
	assert_int_equal(state_folder_open(path, &f, &err), ERR_PERMISSION);
	assert_contains(err.text, "others may write there");
	state_folder_close(&f);
	assert_int_equal(chmod(path, 0700), 0);
	assert_int_equal(unlinkat(s->fd, "a/b/bundles", AT_REMOVEDIR), 0);
	assert_int_equal(symlinkat("/tmp", s->fd, "a/b/bundles"), 0);
	assert_int_not_equal(state_folder_open(path, &f, &err), OK);
	state_folder_close(&f);
	assert_int_equal(state_folder_path("", path, &err), ERR_USAGE);
}

int main(void)
{
	umask(077);
	const struct CMUnitTest tests[] = {
		scratch_test(a_state_comes_back_as_it_was),
		cmocka_unit_test(what_is_none_is_refused),
		scratch_test(the_second_is_told_who_holds_it),
		scratch_test(the_folder_is_its_users_alone),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
