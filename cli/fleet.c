/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The bundles of many hosts in one store.
 */
#include "cli/command.h"
#include "cli/fleet_add.h"
#include "cli/fleet_report.h"
#include "cli/fleet_status.h"
#include "core/text.h"

#include <stddef.h>
#include <string.h>

enum { WITH_MAX = 64 };

#define AT(member) offsetof(struct fleet_settings, member)
static const struct argument arguments[] = {
	{"--store", 0, "PLACE", ARGUMENT_TEXT, AT(store),
	 "a file, or postgresql://… (/var/lib/airgap-verify/fleet.db; of a user, below $XDG_STATE_HOME)"},
	{"--store-remote", 0, NULL, ARGUMENT_FLAG, AT(remote), "the server of the store may be another machine"},
	{"--fingerprint", 0, "HEX", ARGUMENT_TEXT, AT(fingerprint),
	 "add: the bundles are signed with this key; from then on their hosts are believed by it"},
	{"--ca", 0, "FILE", ARGUMENT_TEXT, AT(ca), "add: their signer's certificate must chain to one of these (PEM)"},
	{"--every", 0, "TIME", ARGUMENT_DURATION, AT(every), "status, report: so far apart should the nights of a host lie (what is usual of it)"},
	{"--at", 0, "TIME", ARGUMENT_TEXT, AT(at), "status: as of then (2026-11-28, or 2026-11-28T12:00:00Z), not as of now"},
	{"--since", 0, "TIME", ARGUMENT_TEXT, AT(since), "status: what stands out from then on"},
	{"--output", 'o', "DIR", ARGUMENT_TEXT, AT(output), "report: the folder that is made for it"},
	{"--format", 0, "LIST", ARGUMENT_TEXT, AT(formats), "report: which of pdf, xlsx and html, with commas between (all)"},
	{"--from", 0, "TIME", ARGUMENT_TEXT, AT(from), "report: of what began then or later (the first there is)"},
	{"--to", 0, "TIME", ARGUMENT_TEXT, AT(to), "report: of what began before then (the end of the last there is)"},
	{"--paper", 0, "SIZE", ARGUMENT_TEXT, AT(paper), "report: of the PDF: a4 or letter (the policy's, else a4)"},
	{"--policy", 0, "FILE", ARGUMENT_TEXT, AT(policy), "report: whose documents they are ([organisation]), how signed and how long kept"},
	{"--key", 0, "FILE", ARGUMENT_TEXT, AT(key), "report: sign with this key"},
	{"--certificate", 0, "FILE", ARGUMENT_TEXT, AT(certificate), "report: and this certificate"},
	{"--passphrase-file", 0, "FILE", ARGUMENT_TEXT, AT(passphrase_file),
	 "report: its first line is the passphrase of the key, or the PIN of its token"},
};

static const struct {
	const char *name;
	int (*run)(const struct fleet_settings *s, char *const names[], size_t count, struct error *err);
	bool takes_names;
} verbs[] = {
	{"add", fleet_add, true},
	{"status", fleet_status, false},
	{"report", fleet_report, false},
};

enum { ADD = 1 << 0, STATUS = 1 << 1, REPORT = 1 << 2 }; /* in their order */

/* With which of them an option goes; the others go with all. */
static const struct {
	size_t at;
	unsigned verbs;
} some[] = {
	{AT(fingerprint), ADD},	 {AT(ca), ADD},
	{AT(at), STATUS},	 {AT(since), STATUS},
	{AT(every), STATUS | REPORT},
	{AT(output), REPORT},	 {AT(formats), REPORT},
	{AT(from), REPORT},	 {AT(to), REPORT},
	{AT(paper), REPORT},	 {AT(policy), REPORT},
	{AT(key), REPORT},	 {AT(certificate), REPORT},
	{AT(passphrase_file), REPORT},
};

static const char *name_of(size_t place)
{
	for (size_t i = 0; i < LENGTH(arguments); i++)
		if (arguments[i].at == place)
			return arguments[i].name;
	return "";
}

/* What would be passed over in silence is taken for a slip: --since of a report, say, for --from. */
static enum status check_options(const struct fleet_settings *s, size_t verb, struct error *err)
{
	AUTO_TEXT struct text with = text_make(WITH_MAX);
	for (size_t i = 0; i < LENGTH(some); i++) {
		if (!*(const char *const *)(const void *)((const char *)s + some[i].at) || some[i].verbs >> verb & 1)
			continue;
		for (size_t v = 0; v < LENGTH(verbs); v++)
			if (some[i].verbs >> v & 1)
				text_addf(&with, "%s%s", with.size ? " and " : "", verbs[v].name);
		return fail(err, ERR_USAGE, "fleet %s: %s goes with %s", verbs[verb].name, name_of(some[i].at), text_string(&with));
	}
	return OK;
}

static int run(const struct command *self, int argc, char *argv[], struct error *err)
{
	struct fleet_settings s = {0};
	size_t count, dashes;
	bool done;
	if (command_parse(self, argc, argv, &s, &count, &dashes, &done, err) || done)
		return 0;
	for (size_t i = 0; i < LENGTH(verbs) && count > 0; i++) {
		if (strcmp(argv[0], verbs[i].name) != 0)
			continue;
		if (check_options(&s, i, err))
			return 0;
		if (verbs[i].takes_names == (count > 1))
			return verbs[i].run(&s, argv + 1, count - 1, err);
		fail(err, ERR_USAGE, verbs[i].takes_names ? "fleet %s: name bundles, or folders of them" : "fleet %s takes no names", argv[0]);
		return 0;
	}
	fail(err, ERR_USAGE, "fleet: say what to do: add, status or report (see airgap-verify fleet --help)");
	return 0;
}

const struct command command_fleet = {
	.name = "fleet",
	.usage = "add|status|report [options] [DIR|FILE.zip…]",
	.summary = "the bundles of many hosts in one store",
	.details = "add verifies each bundle and takes it in with its rows; what does not verify is kept apart, and the\n"
		   "exit status is 1. The same one twice changes nothing. Of a folder, each .zip below it is taken.\n"
		   "status tells how each host stands and what stands out: one that went silent, was rolled back, changed its\n"
		   "key or its clock, or what was refused. Exit status: 0 nothing stands out, 1 a last night failed or\n"
		   "something was forged, 2 something is silent or undecided.\n"
		   "report makes a folder of sealed documents about all hosts: nights, trend, destinations, objectives, bundles.\n"
		   "Exit status: 0 PASS, 1 a night failed or something was forged, 2 something is undecided or missing.",
	.arguments = arguments,
	.argument_count = LENGTH(arguments),
	.run = run,
};
