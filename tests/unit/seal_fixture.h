/* SPDX-License-Identifier: Apache-2.0 */
#ifndef TESTS_UNIT_SEAL_FIXTURE_H
#define TESTS_UNIT_SEAL_FIXTURE_H

/*
 * A small session folder, made by the same code that makes real ones, sealed with a
 * key of its own; and what to do to it.
 */

#include "tests/unit/test.h"

#include "core/auto.h"
#include "core/chain.h"
#include "core/file.h"
#include "report/seal.h"
#include "report/verify.h"

#include <sys/wait.h>

#define FIXTURE_NOW INT64_C(1706961600123000000) /* 2024-02-03T12:00:00.123Z */

enum fixture_log { LOG_CLOSED, LOG_OPEN };

static inline void fixture_line(struct chain_writer *w, struct text *out, const char *line)
{
	chain_add(w, slice_of_string(line));
	text_add_string(out, line);
}

static inline void fixture_evidence_at(const struct scratch *s, enum fixture_log how, int64_t wall_ns)
{
	AUTO_TEXT struct text out = text_make(1 << 20), first = text_make(4096);
	unsigned char key[KEY_PUBLIC_SIZE];
	struct chain_writer *w = chain_writer_new();
	chain_first_key(w, key);
	text_add_string(&first, "{\"kind\":\"open\",\"t\":1,\"next_key\":\"");
	text_add_hex(&first, key, sizeof key);
	text_add_string(&first, "\"}\n");
	fixture_line(w, &out, text_string(&first));
	fixture_line(w, &out, "{\"kind\":\"attempt\",\"t\":2,\"dst\":\"192.0.2.1\"}\n");
	chain_checkpoint(w, (struct clock_pair){wall_ns, 3}, SLICE("{}"), false, &out);
	fixture_line(w, &out, "{\"kind\":\"attempt\",\"t\":4,\"dst\":\"192.0.2.2\"}\n");
	chain_checkpoint(w, (struct clock_pair){wall_ns, 5}, SLICE("{}"), how == LOG_CLOSED,
			 &out);
	if (how == LOG_OPEN)
		fixture_line(w, &out, "{\"kind\":\"attempt\",\"t\":6}\n");
	chain_writer_free(w);
	scratch_put(s, "evidence.ndjson", text_slice(&out));
}

static inline void fixture_evidence(const struct scratch *s, enum fixture_log how)
{
	fixture_evidence_at(s, how, FIXTURE_NOW);
}

static inline void fixture_session(const struct scratch *s, enum fixture_log how)
{
	static const char *const folders[] = {"tools", "applogs", "report"};
	for (size_t i = 0; i < LENGTH(folders); i++)
		assert_int_equal(mkdirat(s->fd, folders[i], 0700), 0);
	fixture_evidence(s, how);
	scratch_put(s, "session.json", SLICE("{\"session\":\"s-1\"}\n"));
	scratch_put(s, "capture.pcapng", SLICE("\x0a\x0d\x0d\x0a rest of a capture"));
	scratch_put(s, "audit.db", SLICE("SQLite format 3"));
	scratch_put(s, "tools/ss-before.txt", SLICE("State Recv-Q\n"));
	scratch_put(s, "tools/ss-after.txt", SLICE("State Send-Q\n"));
	scratch_put(s, "applogs/a\\b\nc.log", SLICE("blocked 192.0.2.1\n"));
	scratch_put(s, "report/empty", SLICE(""));
}

static inline struct signing *fixture_signing(void)
{
	struct signing *signing = NULL;
	assert_int_equal(signing_generate(PUBLIC_KEY_P256, "Test Signer", FIXTURE_NOW, &signing, NULL), OK);
	return signing;
}

static inline enum status fixture_seal(const struct scratch *s, const struct signing *signing,
				       const char *reason, struct error *err)
{
	const struct seal_facts facts = {
		.session_id = "s-1",
		.verdict = "PASS",
		.tool_version = "0.1.0",
		.user = "ann",
		.host = "lab",
		.reason = reason,
		.now_ns = FIXTURE_NOW,
	};
	return seal_folder(s->fd, signing, &facts, err);
}

/* A closed session, sealed by a new key; the fingerprint of it. */
static inline void fixture_sealed(const struct scratch *s, char ret_fingerprint[HASH_TEXT_MAX])
{
	AUTO_SIGNING struct signing *signing = fixture_signing();
	struct error err = {0};
	fixture_session(s, LOG_CLOSED);
	enum status status = fixture_seal(s, signing, NULL, &err);
	if (status)
		print_error("%s\n", err.text);
	assert_int_equal(status, OK);
	if (ret_fingerprint)
		signing_fingerprint(signing, ret_fingerprint);
}

static inline bool fixture_names(const struct verify_result *r, const char *path,
				 enum verify_outcome outcome)
{
	for (size_t i = 0; i < r->problem_count; i++)
		if (r->problems[i].outcome == outcome && !strcmp(r->problems[i].path, path))
			return true;
	return false;
}

static inline bool fixture_says(const struct verify_lines *lines, const char *part)
{
	for (size_t i = 0; i < lines->count; i++)
		if (strstr(lines->at[i], part))
			return true;
	return false;
}

static inline void fixture_print(const struct verify_result *r)
{
	for (size_t i = 0; i < r->problem_count; i++)
		print_error("  %s %s: %s\n",
			    r->problems[i].outcome == VERIFY_BAD ? "BAD" : "UNKNOWN",
			    r->problems[i].path, r->problems[i].what);
}

static inline struct verify_result fixture_verify(const struct scratch *s)
{
	const struct verify_options options = {0};
	struct verify_result result;
	assert_int_equal(verify_folder(s->fd, &options, &result, NULL), OK);
	return result;
}

static inline void fixture_expect(const struct scratch *s, enum verify_outcome wanted)
{
	struct verify_result r = fixture_verify(s);
	if (r.outcome != wanted)
		fixture_print(&r);
	assert_int_equal(r.outcome, wanted);
	verify_result_free(&r);
}

/* Bad, with that file named; nothing else is called bad where it is the only one
 * that was touched. */
static inline void fixture_expect_bad(const struct scratch *s, const char *path, bool alone,
				      const char *what)
{
	struct verify_result r = fixture_verify(s);
	bool others = false;
	for (size_t i = 0; i < r.problem_count; i++)
		others |= r.problems[i].outcome == VERIFY_BAD &&
			  strcmp(r.problems[i].path, path) != 0;
	bool right = r.outcome == VERIFY_BAD && fixture_names(&r, path, VERIFY_BAD) &&
		     !(alone && others);
	if (!right) {
		print_error("%s (%s): outcome %d\n", path, what, (int)r.outcome);
		fixture_print(&r);
	}
	assert_true(right);
	verify_result_free(&r);
}

/* sh -e -c in the scratch folder, without a word printed; its exit status. */
static inline int fixture_shell(const struct scratch *s, const char *script)
{
	int status = 0;
	fflush(NULL);
	pid_t child = fork();
	if (child == 0) {
		int null = open("/dev/null", O_RDWR | O_CLOEXEC);
		if (fchdir(s->fd) != 0 || dup2(null, 0) < 0 || dup2(null, 1) < 0 ||
		    dup2(null, 2) < 0)
			_exit(126);
		execl("/bin/sh", "sh", "-e", "-c", script, (char *)NULL);
		_exit(127);
	}
	assert_int_equal(waitpid(child, &status, 0), child);
	return WIFEXITED(status) ? WEXITSTATUS(status) : 128;
}

#endif
