/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What a seal leaves must check with the tools that an assessor has: sha256sum,
 * openssl and ssh-keygen, and not one byte further.
 */
#include "tests/unit/seal_fixture.h"

#include "report/custody.h"

#include <sched.h>
#include <signal.h>
#include <sys/mount.h>
#include <sys/resource.h>

#define BY_SUMS "sha256sum --strict --quiet -c seal/SHA256SUMS"
#define BY_CMS                                                                                     \
	"openssl cms -verify -binary -inform DER -in seal/SHA256SUMS.p7s -content "                \
	"seal/SHA256SUMS "                                                                         \
	"-CAfile seal/certificate.pem -purpose any -out /dev/null"
#define BY_CADES BY_CMS " -cades"
#define BY_SSH                                                                                     \
	"ssh-keygen -Y verify -f seal/allowed_signers -I airgap-verify -n airgap-verify "          \
	"-s seal/SHA256SUMS.sig < seal/SHA256SUMS"

static bool has_tool(const struct scratch *s, const char *name)
{
	char script[128];
	snprintf(script, sizeof script, "command -v %s", name);
	if (fixture_shell(s, script) == 0)
		return true;
	print_message("no %s here: not checked with it\n", name);
	return false;
}

static void other_tools_agree(void **state)
{
	const struct scratch *s = *state;
	fixture_sealed(s, NULL);
	assert_int_equal(fixture_shell(s, BY_SUMS), 0);
	assert_int_equal(fixture_shell(s, "echo x >> audit.db"), 0);
	assert_int_not_equal(fixture_shell(s, BY_SUMS), 0);
	if (has_tool(s, "openssl")) {
		assert_int_equal(fixture_shell(s, BY_CMS), 0);
		assert_int_equal(fixture_shell(s, BY_CADES), 0);
		assert_int_equal(fixture_shell(s, "openssl x509 -in seal/certificate.pem -noout "
						  "-checkend 0"),
				 0);
	}
	if (has_tool(s, "ssh-keygen"))
		assert_int_equal(fixture_shell(s, BY_SSH), 0);
	assert_int_equal(fixture_shell(s, "sed -i 's/PASS/PaSS/;s/a/b/' seal/SHA256SUMS"), 0);
	assert_int_not_equal(fixture_shell(s, BY_CMS), 0);
	assert_int_not_equal(fixture_shell(s, BY_SSH), 0);
}

static void files_are_named_for_what_they_are(void **state)
{
	const struct scratch *s = *state;
	AUTO_SIGNING struct signing *signing = fixture_signing();
	fixture_session(s, LOG_CLOSED);
	scratch_put(s, "a.etl", SLICE("a trace"));
	scratch_put(s, "a.txt", SLICE("a text"));
	scratch_put(s, "tools/b.etl", SLICE("what a tool said"));
	assert_int_equal(fixture_seal(s, signing, NULL, NULL), OK);
	assert_int_equal(fixture_shell(s, "grep -q 'a.etl[^{]*the raw event trace of Windows' seal/manifest.json"), 0);
	assert_int_equal(fixture_shell(s, "tr '{' '\\n' <seal/manifest.json | grep a.txt | grep -q 'something else'"), 0);
	assert_int_equal(fixture_shell(s, "tr '{' '\\n' <seal/manifest.json | grep b.etl | grep -q 'output of a tool'"), 0);
}

/* A redacted copy says so, and what its checkpoints do not prove. */
static void a_copy_names_its_original(void **state)
{
	static const char of[] = "00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff";
	const struct scratch *s = *state;
	AUTO_SIGNING struct signing *signing = fixture_signing();
	const struct seal_facts facts = {.session_id = "s-1", .verdict = "PASS", .tool_version = "0.1.0", .user = "ann",
					 .host = "lab", .now_ns = FIXTURE_NOW, .derived_from = of};
	fixture_sealed(s, NULL);
	struct verify_result r = fixture_verify(s);
	assert_true(fixture_says(&r.proven, "was written in its order"));
	assert_false(fixture_says(&r.proven, "redacted copy"));
	verify_result_free(&r);
	assert_int_equal(seal_folder(s->fd, signing, &facts, NULL), OK);
	r = fixture_verify(s);
	assert_int_equal(r.outcome, VERIFY_GOOD);
	assert_true(fixture_says(&r.proven, of));
	assert_true(fixture_says(&r.not_proven, "pseudonyms"));
	assert_false(fixture_says(&r.proven, "was written in its order"));
	verify_result_free(&r);
	assert_int_equal(fixture_shell(s, "sed -i 's/00112233/10112233/' seal/manifest.json"), 0);
	fixture_expect_bad(s, "seal/manifest.json", false, "another original");
}

/* The commands of HOW_TO_VERIFY.txt, as they stand there. */
#define HOW_TO "sed -n '/^On macOS/q;/^    [^ ]/s/^    //p' HOW_TO_VERIFY.txt"

static void the_commands_in_how_to_verify_work(void **state)
{
	const struct scratch *s = *state;
	AUTO_SIGNING struct signing *signing = fixture_signing();
	if (!has_tool(s, "openssl") || !has_tool(s, "ssh-keygen") || !has_tool(s, "basenc"))
		skip();
	fixture_session(s, LOG_OPEN);
	assert_int_equal(fixture_shell(s, "rm applogs/*"), 0); /* its name would be escaped */
	assert_int_equal(fixture_seal(s, signing, NULL, NULL), OK);
	assert_int_equal(fixture_shell(s, HOW_TO " | sh -e"), 0);
	assert_int_equal(fixture_shell(s, "test $(" HOW_TO " | wc -l) -ge 11"), 0);
	assert_int_equal(fixture_shell(s, "n=$(" HOW_TO " | grep 'head -c' | sh | cut -c-64);"
					  "grep \"^     $n\\$\" HOW_TO_VERIFY.txt"),
			 0);
	static const char added[] = "test \"$(" HOW_TO " | grep comm | sh)\" = x/y";
	assert_int_not_equal(fixture_shell(s, added), 0);
	assert_int_equal(fixture_shell(s, "mkdir x; : > x/y"), 0);
	assert_int_equal(fixture_shell(s, added), 0);
	/* the signature of the checkpoint, over a line that was changed */
	assert_int_equal(fixture_shell(s, "sed -i '5s/\"lost\":{}/\"lost\":[]/' evidence.ndjson"),
			 0);
	assert_int_not_equal(fixture_shell(s, HOW_TO " | grep -A9 'd=.(mktemp' | sh -e"), 0);
}

/* Until when it is to be kept, and how it is marked, a program reads in the manifest. */
static void it_says_how_long_to_keep_it(void **state)
{
	const struct scratch *s = *state;
	AUTO_SIGNING struct signing *signing = fixture_signing();
	struct seal_facts facts = {.session_id = "s-1", .verdict = "PASS", .tool_version = "0.1.0", .user = "ann", .host = "lab",
				   .now_ns = FIXTURE_NOW};
	size_t size;
	fixture_session(s, LOG_CLOSED);
	assert_int_equal(seal_folder(s->fd, signing, &facts, NULL), OK);
	char *text = scratch_get(s, SEAL_MANIFEST, &size);
	assert_contains(text, "\"marking\":null,\"retention\":{\"years\":6,\"until\":\"2030-02-03\"}");
	free(text);
	facts.marking = "CUI";
	facts.retention_years = 10;
	facts.to_ns = FIXTURE_NOW - 4 * 24 * 3600 * INT64_C(1000000000);
	assert_int_equal(seal_folder(s->fd, signing, &facts, NULL), OK);
	text = scratch_get(s, SEAL_MANIFEST, &size);
	assert_contains(text, "\"marking\":\"CUI\",\"retention\":{\"years\":10,\"until\":\"2034-01-30\"}");
	free(text);
	text = scratch_get(s, "HOW_TO_VERIFY.txt", &size);
	assert_contains(text, "Keep until   2034-01-30 at least: 10 years");
	assert_contains(text, "Marking      CUI\n");
	free(text);
	fixture_expect(s, VERIFY_GOOD);
}

/* Beside a seal that has no copies, a list at the top is somebody's own. */
static void a_list_at_the_top_is_a_copy_or_none(void **state)
{
	const struct scratch *s = *state;
	AUTO_SIGNING struct signing *signing = fixture_signing();
	struct seal_facts facts = {.session_id = "s-1", .verdict = "PASS", .tool_version = "0.1.0", .user = "ann", .host = "lab",
				   .now_ns = FIXTURE_NOW};
	fixture_session(s, LOG_CLOSED);
	assert_int_equal(seal_folder(s->fd, signing, &facts, NULL), OK);
	assert_int_equal(fixture_shell(s, "cp seal/SHA256SUMS ."), 0);
	fixture_expect_bad(s, SEAL_SUMS_COPY, true, "a list that was added");
	assert_int_equal(fixture_shell(s, "rm SHA256SUMS"), 0);
	facts.copies = true;
	assert_int_equal(seal_folder(s->fd, signing, &facts, NULL), OK);
	fixture_expect(s, VERIFY_GOOD);
	assert_int_equal(fixture_shell(s, "cmp SHA256SUMS seal/SHA256SUMS; cmp manifest.json seal/manifest.json;"
					  "cmp custody.jsonl seal/custody.jsonl; sha256sum --quiet -c SHA256SUMS"), 0);
	static const char *const copies[] = {SEAL_SUMS_COPY, SEAL_MANIFEST_COPY, SEAL_CUSTODY_COPY};
	for (size_t i = 0; i < LENGTH(copies); i++) {
		size_t size;
		char *bytes = scratch_get(s, copies[i], &size);
		bytes[size / 2] ^= 1;
		scratch_put(s, copies[i], slice_of(bytes, size));
		fixture_expect_bad(s, copies[i], true, "a changed copy");
		bytes[size / 2] ^= 1;
		assert_int_equal(unlinkat(s->fd, copies[i], 0), 0);
		fixture_expect_bad(s, copies[i], true, "a removed copy");
		scratch_put(s, copies[i], slice_of(bytes, size));
		free(bytes);
	}
	fixture_expect(s, VERIFY_GOOD);
}

static void how_to_verify_promises_nothing_false(void **state)
{
	const struct scratch *s = *state;
	char fingerprint[HASH_TEXT_MAX];
	fixture_sealed(s, fingerprint);
	size_t size;
	char *text = scratch_get(s, "HOW_TO_VERIFY.txt", &size);
	assert_contains(text, fingerprint);
	assert_contains(text, "Session      s-1");
	assert_contains(text, "Verdict      PASS");
	assert_contains(text, "2024-02-03T12:00:00Z");
	assert_null(strstr(text, "ompliant"));
	assert_null(strstr(text, "ertified"));
	assert_null(strstr(text, "MET"));
	for (const char *at = text; at < text + size; at++)
		assert_true(*at == '\n' || (*at >= ' ' && *at <= '~'));
	free(text);
}

static void sealing_again_keeps_the_custody_log(void **state)
{
	const struct scratch *s = *state;
	AUTO_SIGNING struct signing *signing = fixture_signing();
	fixture_sealed(s, NULL);
	size_t size, again_size, count, line;
	char *first = scratch_get(s, SEAL_CUSTODY, &size);
	scratch_put(s, "report/new.pdf", SLICE("%PDF"));
	fixture_expect(s, VERIFY_BAD);
	assert_int_equal(fixture_seal(s, signing, "report added", NULL), OK);
	fixture_expect(s, VERIFY_GOOD);
	char *log = scratch_get(s, SEAL_CUSTODY, &again_size);
	assert_memory_equal(log, first, size);
	assert_null(custody_check(slice_of(log, again_size), &count, &line));
	assert_int_equal(count, 2);
	assert_contains(
		log, "\"action\":\"sealed\",\"who\":\"ann@lab\",\"tool\":\"airgap-verify 0.1.0\"");
	assert_contains(log + size, "\"action\":\"resealed\"");
	assert_contains(log + size, "\"reason\":\"report added\"");
	assert_contains(log + size, "\"replaces\":\"");
	assert_int_equal(
		fixture_shell(s, "test $(sed -n 1p seal/custody.jsonl | sha256sum | cut -c-64) "
				 "= $(sed -n '2s/.*previous\":\"\\([^\"]*\\).*/\\1/p' "
				 "seal/custody.jsonl)"),
		0);
	free(first);
	free(log);
}

static void a_changed_custody_log_is_not_sealed_over(void **state)
{
	const struct scratch *s = *state;
	AUTO_SIGNING struct signing *signing = fixture_signing();
	struct error err = {0};
	fixture_sealed(s, NULL);
	assert_int_equal(fixture_seal(s, signing, NULL, NULL), OK);
	assert_int_equal(fixture_shell(s, "sed -i '1s/ann@/bob@/' seal/custody.jsonl"), 0);
	assert_int_equal(fixture_seal(s, signing, NULL, &err), ERR_MALFORMED);
	assert_contains(err.text, "custody.jsonl: line 2");
	assert_true(scratch_has(s, SEAL_SUMS)); /* the old seal is still there */
}

static void links_are_not_sealed(void **state)
{
	const struct scratch *s = *state;
	AUTO_SIGNING struct signing *signing = fixture_signing();
	struct error err = {0};
	fixture_session(s, LOG_CLOSED);
	assert_int_equal(symlinkat("/etc/passwd", s->fd, "tools/link"), 0);
	assert_int_equal(fixture_seal(s, signing, NULL, &err), ERR_MALFORMED);
	assert_contains(err.text, "tools/link");
	assert_false(scratch_has(s, "seal"));
	assert_int_equal(fixture_shell(s, "rm tools/link; mkdir /tmp/airgap-else.$PPID;"
					  "ln -s /tmp/airgap-else.$PPID seal"),
			 0);
	assert_int_equal(fixture_seal(s, signing, NULL, &err), ERR_MALFORMED);
	assert_int_equal(fixture_shell(s, "rmdir /tmp/airgap-else.$PPID"), 0); /* still empty */
}

static void leftovers_of_an_interrupted_seal_go(void **state)
{
	const struct scratch *s = *state;
	AUTO_SIGNING struct signing *signing = fixture_signing();
	fixture_session(s, LOG_CLOSED);
	assert_int_equal(
		fixture_shell(s, "mkdir seal; for n in manifest.json SHA256SUMS custody.jsonl;"
				 "do echo half > seal/$n.part; done"),
		0);
	fixture_expect(s, VERIFY_UNKNOWN);
	assert_int_equal(fixture_seal(s, signing, NULL, NULL), OK);
	fixture_expect(s, VERIFY_GOOD);
	assert_int_not_equal(fixture_shell(s, "ls seal/*.part"), 0);
}

/* The status of sealing with files of at most that size. */
static int seal_with_limit(const struct scratch *s, const struct signing *signing, rlim_t limit)
{
	int status = 0;
	fflush(NULL);
	pid_t child = fork();
	if (child == 0) {
		signal(SIGXFSZ, SIG_IGN);
		setrlimit(RLIMIT_FSIZE, &(struct rlimit){limit, limit});
		_exit((int)fixture_seal(s, signing, NULL, NULL));
	}
	assert_int_equal(waitpid(child, &status, 0), child);
	assert_true(WIFEXITED(status));
	return WEXITSTATUS(status);
}

static void a_failed_write_is_an_error(void **state)
{
	static const rlim_t limits[] = {0, 10, 180, 300, 500, 700, 1000, 3000, 5000};
	const struct scratch *s = *state;
	AUTO_SIGNING struct signing *signing = fixture_signing();
	size_t failed = 0;
	fixture_session(s, LOG_CLOSED);
	for (size_t i = 0; i < LENGTH(limits); i++) {
		int status = seal_with_limit(s, signing, limits[i]);
		assert_true(status == OK || status == ERR_IO);
		failed += status == ERR_IO;
		struct verify_result r = fixture_verify(s);
		/* what was cut short must not look like what was tampered with */
		assert_int_equal(r.outcome, status == OK ? VERIFY_GOOD : VERIFY_UNKNOWN);
		verify_result_free(&r);
	}
	assert_true(failed >= 7);
	assert_int_equal(fixture_seal(s, signing, NULL, NULL), OK);
	fixture_expect(s, VERIFY_GOOD);
}

/* A small file system of its own, where making one is allowed: it fills up in the
 * middle of a seal. */
static int seal_on_full_disk(const struct scratch *s, const struct signing *signing)
{
	struct scratch inner = *s;
	if (unshare(CLONE_NEWNS) != 0 || mount(NULL, "/", NULL, MS_REC | MS_PRIVATE, NULL) != 0 ||
	    mount("none", inner.path, "tmpfs", 0, "size=56k") != 0)
		return 100;
	inner.fd = open(inner.path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	fixture_session(&inner, LOG_CLOSED);
	struct verify_result r;
	const struct verify_options options = {0};
	int status = (int)fixture_seal(&inner, signing, NULL, NULL);
	if (verify_folder(inner.fd, &options, &r, NULL) ||
	    (r.outcome == VERIFY_GOOD) != (status == OK))
		status = 101;
	verify_result_free(&r);
	return status;
}

static void a_full_disk_is_an_error(void **state)
{
	const struct scratch *s = *state;
	AUTO_SIGNING struct signing *signing = fixture_signing();
	int status = 0;
	fflush(NULL);
	pid_t child = fork();
	if (child == 0)
		_exit(seal_on_full_disk(s, signing));
	assert_int_equal(waitpid(child, &status, 0), child);
	assert_true(WIFEXITED(status));
	if (WEXITSTATUS(status) == 100)
		skip();
	assert_int_equal(WEXITSTATUS(status), ERR_IO);
}

static void a_folder_without_evidence_can_be_sealed(void **state)
{
	const struct scratch *s = *state;
	AUTO_SIGNING struct signing *signing = fixture_signing();
	fixture_session(s, LOG_CLOSED);
	assert_int_equal(fixture_shell(s, "rm evidence.ndjson"), 0);
	assert_int_equal(fixture_seal(s, signing, NULL, NULL), OK);
	struct verify_result r = fixture_verify(s);
	assert_int_equal(r.outcome, VERIFY_GOOD);
	assert_true(fixture_says(&r.not_proven, "there is no evidence.ndjson"));
	verify_result_free(&r);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		scratch_test(other_tools_agree),
		scratch_test(files_are_named_for_what_they_are),
		scratch_test(a_copy_names_its_original),
		scratch_test(the_commands_in_how_to_verify_work),
		scratch_test(it_says_how_long_to_keep_it),
		scratch_test(a_list_at_the_top_is_a_copy_or_none),
		scratch_test(how_to_verify_promises_nothing_false),
		scratch_test(sealing_again_keeps_the_custody_log),
		scratch_test(a_changed_custody_log_is_not_sealed_over),
		scratch_test(links_are_not_sealed),
		scratch_test(leftovers_of_an_interrupted_seal_go),
		scratch_test(a_failed_write_is_an_error),
		scratch_test(a_full_disk_is_an_error),
		scratch_test(a_folder_without_evidence_can_be_sealed),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
