/* SPDX-License-Identifier: Apache-2.0 */
/*
 * One look at the machine, no session: the collector looks with what rights there are,
 * everything behind that runs with the user's.
 */
#include "cli/collect.h"
#include "cli/command.h"
#include "cli/posture_run.h"
#include "cli/rights.h"
#include "cli/snapshot_print.h"
#include "core/auto.h"

#include <fcntl.h>
#include <stdio.h>

enum { ANSWER_MAX = 64 << 20, OUTPUT_MAX = 128 << 20 };

struct settings {
	struct common common;
	const char *output;
};

static const struct argument arguments[] = {
	{"--output", 'o', "FILE", ARGUMENT_TEXT, offsetof(struct settings, output), "write it into this file in place of printing it"},
};

static enum status gather(struct text *ret_sockets, struct text *ret_facts, struct error *err)
{
	enum status status = collect_ask("snapshot", ret_sockets, err);
	if (!status)
		status = collect_ask("posture", ret_facts, err);
	if (!status && (ret_sockets->overflow || ret_facts->overflow))
		status = fail(err, ERR_LIMIT, "snapshot: more than %d MiB of sockets or settings", ANSWER_MAX >> 20);
	return status;
}

static enum status put(const struct settings *s, struct text *out, struct error *err)
{
	if (out->overflow)
		return fail(err, ERR_LIMIT, "snapshot: more than %d MiB to tell", OUTPUT_MAX >> 20);
	if (s->output)
		return file_write(AT_FDCWD, s->output, text_slice(out), err);
	if (fwrite(out->at, 1, out->size, stdout) != out->size)
		return fail(err, ERR_IO, "cannot write to standard output");
	return OK;
}

static enum status show(const struct settings *s, struct slice sockets, struct slice facts, struct posture_place *place,
			struct error *err)
{
	AUTO_TEXT struct text out = text_make(OUTPUT_MAX);
	AUTO_STORE struct store *store = NULL;
	struct snapshot_rows rows;
	enum status status = snapshot_rows_read(sockets, &rows, err);
	if (!status)
		status = posture_run(NULL, facts, place, &store, err);
	if (!status)
		status = s->common.json ? snapshot_print_json(&rows, store, &out, err) : snapshot_print_text(&rows, store, &out, err);
	snapshot_rows_free(&rows);
	if (!status)
		status = put(s, &out, err);
	return status ? status : store_close(&store, err);
}

static enum status look(const struct settings *s, struct error *err)
{
	AUTO_TEXT struct text sockets = text_make(ANSWER_MAX), facts = text_make(ANSWER_MAX);
	struct posture_place place = {.fd = -1};
	enum status status = gather(&sockets, &facts, err);
	if (!status)
		status = rights_give_up(err);
	if (!status)
		status = show(s, text_slice(&sockets), text_slice(&facts), &place, err);
	posture_run_leave(&place);
	return status;
}

static int run(const struct command *self, int argc, char *argv[], struct error *err)
{
	struct settings s = {0};
	size_t count, dashes;
	bool done;
	if (command_parse(self, argc, argv, &s, &count, &dashes, &done, err) || done)
		return 0;
	if (count)
		fail(err, ERR_USAGE, "snapshot takes no \"%s\"", argv[0]);
	return count || look(&s, err) ? error_exit(err->status) : 0;
}

const struct command command_snapshot = {
	.name = "snapshot",
	.usage = "[options]",
	.summary = "one look, no session: sockets, who listens, model servers, firewall, resolver",
	.details = "Tells who listens and from where that can be reached, who is connected to whom, and what the\n"
		   "posture says of model servers, firewall, resolver and proxies. Sends and changes nothing.\n"
		   "Without root the sockets of others have no name. airgap-verify-snapshot(1)",
	.arguments = arguments,
	.argument_count = LENGTH(arguments),
	.run = run,
};
