/* SPDX-License-Identifier: Apache-2.0 */
#include "cli/command.h"
#include "core/auto.h"
#include "core/clock.h"
#include "core/file.h"
#include "core/head.h"
#include "core/json.h"
#include "report/verify.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { OUTPUT_MAX = 64 << 20, PATH_SHOWN_MAX = 4096 };

struct settings {
	struct common common;
	const char *fingerprint, *ca, *tsa_ca, *session, *after, *head, *review;
};

#define AT(member) offsetof(struct settings, member)
static const struct argument arguments[] = {
	{"--fingerprint", 0, "HEX", ARGUMENT_TEXT, AT(fingerprint),
	 "the signer's certificate must have this SHA-256 fingerprint"},
	{"--ca", 0, "FILE", ARGUMENT_TEXT, AT(ca), "the signer's certificate must chain to one of these (PEM)"},
	{"--tsa-ca", 0, "FILE", ARGUMENT_TEXT, AT(tsa_ca), "the authority of the time stamp must chain to one of these (PEM)"},
	{"--session", 0, "ID", ARGUMENT_TEXT, AT(session), "it must be of this session, or of one that begins with these 8 characters or more"},
	{"--after", 0, "TIME", ARGUMENT_TEXT, AT(after), "the session must have ended after this (2026-11-28, or 2026-11-28T12:00:00Z)"},
	{"--review", 0, "HEX", ARGUMENT_TEXT, AT(review), "the review whose words have this SHA-256 must be there (sign prints it)"},
	{"--head", 0, "FILE", ARGUMENT_TEXT, AT(head), "hold it against what a second place was told ([seal] of the policy): " HEAD_FILE ", or journalctl -o export"},
};

static const char *const words[] = {"GOOD", "BAD", "COULD NOT TELL"};

static void add_lines(struct text *t, const char *heading, const struct verify_lines *lines)
{
	if (lines->count)
		text_addf(t, "\n%s\n", heading);
	for (size_t i = 0; i < lines->count; i++)
		text_addf(t, "  - %s\n", lines->at[i]);
}

static void add_text(const struct verify_result *r, const char *path, struct text *t)
{
	static const char *const colours[] = {"\033[1;32m", "\033[1;31m", "\033[1;33m"};
	char time[CLOCK_TEXT_MAX];
	bool colour = isatty(1) && !getenv("NO_COLOR");
	text_addf(t, "%s%s%s  ", colour ? colours[r->outcome] : "", words[r->outcome],
		  colour ? "\033[0m" : "");
	text_add_printable(t, slice_of_string(path), PATH_SHOWN_MAX);
	text_addf(t, ": %llu %s, %llu bytes\n", (unsigned long long)r->files,
		  text_plural(r->files, "file", "files"), (unsigned long long)r->bytes);
	for (size_t i = 0; i < r->problem_count; i++) {
		text_addf(t, "  %s ", r->problems[i].outcome == VERIFY_BAD ? "BAD    " : "unknown");
		text_add_printable(t, slice_of_string(r->problems[i].path), PATH_SHOWN_MAX);
		text_addf(t, ": %s\n", r->problems[i].what);
	}
	if (r->bad + r->unknown > r->problem_count)
		text_addf(t, "  … and %llu more\n",
			  (unsigned long long)(r->bad + r->unknown - r->problem_count));
	add_lines(t, "Proven", &r->proven);
	add_lines(t, "Not proven", &r->not_proven);
	if (r->session.known) {
		clock_text(r->session.to_ns ? r->session.to_ns : r->signed_ns, 0, time);
		text_addf(t, "\nSession    %s of %s, %s, ended %s\n", r->session.id, r->session.host, r->session.verdict, time);
	}
	if (r->fingerprint[0])
		text_addf(t, "%sSigned by  %s\nSHA-256    %s\n", r->session.known ? "" : "\n", r->signer, r->fingerprint);
	if (r->stamp.time_ns) {
		clock_text(r->stamp.time_ns, 0, time);
		text_addf(t, "Stamped    %s by %s\n", time, r->stamp.signer);
	}
}

static void add_json_lines(struct json *j, const char *key, const struct verify_lines *lines)
{
	json_begin_array(j, key);
	for (size_t i = 0; i < lines->count; i++)
		json_add_string(j, NULL, lines->at[i]);
	json_end_array(j);
}

/* The reviews that hold. */
static void add_json_reviews(struct json *j, const struct verify_result *r)
{
	json_begin_array(j, "reviews");
	for (size_t i = 0; i < r->review_count; i++) {
		const struct review *review = r->reviews[i];
		json_begin_object(j, NULL);
		json_add_u64(j, "number", review->number);
		json_add_string(j, "name", review->name);
		json_add_string(j, "decision", review_decision_name(review->decision));
		json_add_string(j, "comment", review->comment);
		json_add_bool(j, "earlier_seal", r->review_earlier[i]);
		json_add_i64(j, "time_ns", review->time_ns);
		json_add_hex(j, "fingerprint", review->fingerprint, HASH_SIZE);
		json_end_object(j);
	}
	json_end_array(j);
}

static void add_json_session(struct json *j, const struct verify_session *s)
{
	if (!s->known) {
		json_add_null(j, "session");
		return;
	}
	json_begin_object(j, "session");
	json_add_string(j, "id", s->id);
	json_add_string(j, "host", s->host);
	json_add_string(j, "verdict", s->verdict);
	json_add_i64(j, "from_ns", s->from_ns);
	json_add_i64(j, "to_ns", s->to_ns);
	json_end_object(j);
}

static void add_json_stamp(struct json *j, const struct timestamp *t)
{
	if (!t->time_ns) {
		json_add_null(j, "timestamp");
		return;
	}
	json_begin_object(j, "timestamp");
	json_add_i64(j, "time_ns", t->time_ns);
	json_add_i64(j, "accuracy_ns", t->accuracy_ns);
	json_add_string(j, "authority", t->signer);
	json_add_string(j, "fingerprint", t->fingerprint);
	json_add_string(j, "serial", t->serial);
	json_add_bool(j, "expired", t->expired);
	json_end_object(j);
}

static void add_json_heads(struct json *j, const struct verify_result *r)
{
	json_add_u64(j, "heads", r->heads);
	json_begin_array(j, "other_sessions");
	for (size_t i = 0; i < r->other_count; i++) {
		json_begin_object(j, NULL);
		json_add_string(j, "id", r->others[i].id);
		json_add_i64(j, "from_ns", r->others[i].from_ns);
		json_add_i64(j, "to_ns", r->others[i].to_ns);
		json_add_bool(j, "ended", r->others[i].ended);
		json_end_object(j);
	}
	json_end_array(j);
}

static void add_json(const struct verify_result *r, const char *path, bool heads, struct text *t)
{
	static const char *const outcomes[] = {"good", "bad", "unknown"};
	struct json j = json_on(t);
	json_begin_object(&j, NULL);
	json_add_string(&j, "path", path);
	json_add_string(&j, "outcome", outcomes[r->outcome]);
	json_add_bool(&j, "sealed", r->sealed);
	json_add_u64(&j, "files", r->files);
	json_add_u64(&j, "bytes", r->bytes);
	json_add_string(&j, "fingerprint", r->fingerprint[0] ? r->fingerprint : NULL);
	json_add_string(&j, "signer", r->fingerprint[0] ? r->signer : NULL);
	if (r->signed_ns)
		json_add_i64(&j, "signed_ns", r->signed_ns);
	json_begin_array(&j, "problems");
	for (size_t i = 0; i < r->problem_count; i++) {
		json_begin_object(&j, NULL);
		json_add_string(&j, "file", r->problems[i].path);
		json_add_string(&j, "outcome", outcomes[r->problems[i].outcome]);
		json_add_string(&j, "what", r->problems[i].what);
		json_end_object(&j);
	}
	json_end_array(&j);
	json_add_u64(&j, "problem_count", r->bad + r->unknown);
	add_json_session(&j, &r->session);
	add_json_reviews(&j, r);
	add_json_stamp(&j, &r->stamp);
	if (heads)
		add_json_heads(&j, r);
	add_json_lines(&j, "proven", &r->proven);
	add_json_lines(&j, "not_proven", &r->not_proven);
	json_end_object(&j);
	text_add_char(t, '\n');
}

/* A day begins at midnight UTC. */
static enum status read_after(const char *text, int64_t *ret, struct error *err)
{
	char time[CLOCK_TEXT_MAX];
	snprintf(time, sizeof time, strchr(text, 'T') ? "%s" : "%sT00:00:00Z", text);
	return clock_parse(slice_of_string(time), ret) ? OK
						       : fail(err, ERR_USAGE, "verify: --after is a day such as 2026-11-28, or a time "
							      "such as 2026-11-28T12:00:00Z");
}

static int run(const struct command *self, int argc, char *argv[], struct error *err)
{
	struct settings s = {0};
	size_t count, dashes;
	bool done;
	AUTO_FD int fd = -1;
	if (command_parse(self, argc, argv, &s, &count, &dashes, &done, err) || done)
		return 0;
	if (count != 1) {
		fail(err, ERR_USAGE, "verify: name one session folder or bundle");
		return 0;
	}
	if (s.session && strlen(s.session) < 8) {
		fail(err, ERR_USAGE, "verify: --session takes the identifier of the session, or at least 8 characters of its beginning");
		return 0;
	}
	struct verify_options options = {.fingerprint_hex = s.fingerprint, .ca_file = s.ca, .tsa_ca_file = s.tsa_ca, .session_id = s.session, .review_hex = s.review, .head_file = s.head};
	if (s.after && read_after(s.after, &options.after_ns, err))
		return 0;
	fd = open(argv[0], O_RDONLY | O_CLOEXEC);
	if (fd < 0) {
		fail_errno(err, ERR_NO_INPUT, errno, "%s", argv[0]);
		return 0;
	}
	struct stat st;
	AUTO_FREE char *real = realpath(argv[0], NULL);
	if (real && strrchr(real, '/'))
		options.folder_name = strrchr(real, '/') + 1;
	bool archive = fstat(fd, &st) == 0 && S_ISREG(st.st_mode);
	struct verify_result *result = must_alloc(1, sizeof *result);
	AUTO_TEXT struct text out = text_make(OUTPUT_MAX);
	int outcome = 0;
	if (!(archive ? verify_archive : verify_folder)(fd, &options, result, err)) {
		outcome = (int)result->outcome;
		if (s.common.json)
			add_json(result, argv[0], s.head != NULL, &out);
		else if (!s.common.quiet)
			add_text(result, argv[0], &out);
		fputs(text_string(&out), stdout);
	}
	verify_result_free(result);
	free(result);
	return outcome;
}

const struct command command_verify = {
	.name = "verify",
	.usage = "[options] DIR|FILE.zip",
	.summary = "check every hash, signature and checkpoint of a session folder or bundle",
	.details = "Exit status: 0 as it was sealed, 1 something was changed (named), 2 could not tell.\n"
		   "HOW_TO_VERIFY.txt in the folder does the same with tools of others.",
	.arguments = arguments,
	.argument_count = LENGTH(arguments),
	.run = run,
};
