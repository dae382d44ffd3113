/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A time stamp for a seal, from an authority that is reached on this machine, or by hand: the
 * question goes out in a file and the reply comes back in one, on whatever way the site has.
 */
#include "cli/announce.h"
#include "cli/command.h"
#include "cli/tsa.h"
#include "cli/wrong_place.h"
#include "core/auto.h"
#include "core/clock.h"
#include "core/file.h"
#include "core/json.h"
#include "report/seal_stamp.h"
#include "report/verify.h"

#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

enum { OUTPUT_MAX = 1 << 16 };

struct settings {
	struct common common;
	const char *query, *reply, *tsa, *tsa_ca, *key, *certificate, *passphrase_file;
};

#define AT(member) offsetof(struct settings, member)
static const struct argument arguments[] = {
	{"--query", 0, "FILE", ARGUMENT_TEXT, AT(query), "write the question here (TimeStampReq), to be carried to the authority"},
	{"--reply", 0, "FILE", ARGUMENT_TEXT, AT(reply), "take what it answered (TimeStampResp)"},
	{"--tsa", 0, "URL", ARGUMENT_TEXT, AT(tsa), "ask there, at http://127.0.0.1:PORT/PATH or unix:/PATH (tsa of the policy)"},
	{"--tsa-ca", 0, "FILE", ARGUMENT_TEXT, AT(tsa_ca), "the authority's certificate must chain to one of these (PEM)"},
	{"--key", 0, "FILE", ARGUMENT_TEXT, AT(key), "the key of the seal, which is made anew where it does not tell of a stamp"},
	{"--certificate", 0, "FILE", ARGUMENT_TEXT, AT(certificate), "and its certificate"},
	{"--passphrase-file", 0, "FILE", ARGUMENT_TEXT, AT(passphrase_file), "its first line is the passphrase of the key, or the PIN of its token"},
};

/* Of what does not hold there is no use in knowing when. */
static enum status check_folder(int folder, const char *path, struct verify_result *v, struct error *err)
{
	struct verify_options nothing = {0};
	enum status status = verify_folder(folder, &nothing, v, err);
	for (size_t i = 0; i < v->problem_count && !status; i++)
		if (v->problems[i].outcome == VERIFY_BAD || strcmp(v->problems[i].path, SEAL_REPLY) != 0)
			status = fail(err, ERR_MALFORMED, "%s does not verify: %s %s (airgap-verify verify tells all)", path,
				      v->problems[i].path, v->problems[i].what);
	return status;
}

static void print(const struct settings *s, const struct timestamp *t, bool announced)
{
	char time[CLOCK_TEXT_MAX];
	AUTO_TEXT struct text out = text_make(OUTPUT_MAX);
	clock_text(t->time_ns, 3, time);
	if (s->common.json) {
		struct json j = json_on(&out);
		json_begin_object(&j, NULL);
		json_add_string(&j, "query", s->query);
		json_add_string(&j, "time", t->time_ns ? time : NULL);
		json_add_string(&j, "authority", t->time_ns ? t->signer : NULL);
		json_add_string(&j, "fingerprint", t->time_ns ? t->fingerprint : NULL);
		json_add_bool(&j, "announced", announced);
		json_end_object(&j);
		text_add_char(&out, '\n');
	} else if (!s->common.quiet && t->time_ns) {
		text_addf(&out, "Stamped    %s by %s\nSHA-256    %s (of its certificate)\n", time, t->signer, t->fingerprint);
	} else if (!s->common.quiet) {
		text_addf(&out, "Question   %s\nBring the reply with airgap-verify timestamp --reply FILE --tsa-ca FILE, before the folder is\n"
				"sealed anew. Until then verify says that it is missing.\n", s->query);
	}
	fputs(text_string(&out), stdout);
}

static enum status ask(int folder, const char *to, struct error *err)
{
	AUTO_TEXT struct text query = text_make(TIMESTAMP_QUERY_MAX);
	enum status status = seal_stamp_ask(folder, &query, err);
	return status ? status : file_write(AT_FDCWD, to, text_slice(&query), err);
}

static enum status take(const struct settings *s, int folder, struct timestamp *ret, struct error *err)
{
	AUTO_TEXT struct text reply = text_make(TIMESTAMP_REPLY_MAX), authorities = text_make(SEAL_TSA_MAX);
	enum status status = file_read(AT_FDCWD, s->reply, TIMESTAMP_REPLY_MAX, &reply, err);
	if (!status)
		status = file_read(AT_FDCWD, s->tsa_ca, SEAL_TSA_MAX, &authorities, err);
	if (status)
		return status;
	status = seal_stamp_take(folder, text_slice(&reply), text_slice(&authorities), clock_now().wall_ns, ret, err);
	return status ? fail_in(err, "%s", s->reply) : OK;
}

/* Of the command line, else of the machine's policy. */
static enum status find_authority(const struct settings *s, struct tsa *ret, struct error *err)
{
	bool here = s->tsa || s->tsa_ca;
	enum status status = here ? tsa_open(s->tsa, s->tsa_ca, ret, err) : tsa_of_policy(NULL, ret, err);
	if (!status && !ret->named)
		status = fail(err, ERR_USAGE, "timestamp: the policy names no authority of this machine to ask; carry the question by hand "
			      "(--query FILE, then --reply FILE), or give --tsa URL and --tsa-ca FILE");
	return status;
}

static enum status check_settings(const struct settings *s, size_t count, struct error *err)
{
	if (count != 1)
		return fail(err, ERR_USAGE, "timestamp: name one session folder, or the folder of an unpacked bundle");
	if ((s->query && s->reply) || ((s->query || s->reply) && s->tsa))
		return fail(err, ERR_USAGE, "timestamp: one of --query FILE (asks), --reply FILE (takes the answer) and --tsa URL (does both)");
	if (s->reply && !s->tsa_ca)
		return fail(err, ERR_USAGE, "timestamp: a reply is checked against the certificates of those who vouch for the authority: "
			    "--tsa-ca FILE");
	return OK;
}

/* A question that nobody got is none: the seal must not wait for its answer. */
static void take_back(const struct announce_request *r, bool announced, struct error *err)
{
	struct error why = {0};
	if (faccessat(r->folder, SEAL_REPLY, F_OK, AT_SYMLINK_NOFOLLOW) == 0)
		return; /* of an earlier stamp, which stays */
	if (seal_stamp_remove(r->folder, &why) || (announced && announce_undo(r, &why)))
		fail_in(err, "%s", why.text);
}

static enum status get(const struct settings *s, const struct announce_request *r, struct timestamp *ret, struct error *err)
{
	AUTO_TSA struct tsa tsa = {.named = false};
	const char *why = NULL;
	bool made = false;
	enum status status = s->query ? OK : find_authority(s, &tsa, err);
	if (!status)
		status = announce(r, &made, &why, err);
	if (status)
		return status;
	if (why && !s->common.quiet)
		fprintf(stderr, "airgap-verify: the seal does not tell that a time stamp belongs to it, so that one that is removed leaves "
				"no trace: %s\n", why);
	status = s->query ? ask(r->folder, s->query, err) : seal_stamp(r->folder, &tsa.source, clock_now().wall_ns, ret, err);
	if (status && (s->query || made))
		take_back(r, made, err);
	return status;
}

static int run(const struct command *self, int argc, char *argv[], struct error *err)
{
	struct settings s = {0};
	struct timestamp stamp = {0};
	size_t count, dashes;
	bool done;
	AUTO_FD int folder = -1;
	if (command_parse(self, argc, argv, &s, &count, &dashes, &done, err) || done || check_settings(&s, count, err))
		return 0;
	if (wrong_place_check(argv[0], WRONG_PLACE_UNPACKED, err) || file_open_folder(AT_FDCWD, argv[0], &folder, err))
		return 0;
	struct verify_result *v = must_alloc(1, sizeof *v);
	enum status status = check_folder(folder, argv[0], v, err);
	const struct announce_request r = {argv[0], folder, v->session.known ? v->session.verdict : NULL, v->fingerprint,
					   s.key,   s.certificate, s.passphrase_file};
	if (!status)
		status = s.reply ? take(&s, folder, &stamp, err) : get(&s, &r, &stamp, err);
	if (!status)
		print(&s, &stamp, announce_is_made(folder));
	verify_result_free(v);
	free(v);
	return 0;
}

const struct command command_timestamp = {
	.name = "timestamp",
	.usage = "[options] DIR",
	.summary = "get a time stamp (RFC 3161) over the seal of a session folder",
	.details = "From the authority that the policy names ([signing] tsa), or by hand, as nothing outside this\n"
		   "machine is ever asked: carry the question (--query) to your authority, and its reply back\n"
		   "(--reply). The stamp lies beside the seal in seal/. A seal that does not tell of one is made anew\n"
		   "before, as a stamp that is removed would leave no trace.",
	.arguments = arguments,
	.argument_count = LENGTH(arguments),
	.run = run,
};
