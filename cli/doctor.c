/* SPDX-License-Identifier: Apache-2.0 */
#include "cli/collectors_table.h"
#include "cli/command.h"
#include "cli/doctor_bench.h"
#include "cli/doctor_seal.h"
#include "cli/doctor_tpm.h"
#include "cli/terminal.h"
#include "cli/tier.h"
#include "core/privilege.h"
#include "core/sandbox.h"

#include <stdio.h>

enum { OUTPUT_MAX = 1 << 18 };

/* Where foreign bytes are read. */
struct decoder_state {
	bool works;
	char detail[ERROR_TEXT_MAX];
};

static struct decoder_state decoder_state(void)
{
	struct decoder_state d;
	struct error err = {0};
	unsigned landlock = 0;
	d.works = sandbox_probe(&landlock, &err) == OK;
	if (!d.works)
		snprintf(d.detail, sizeof d.detail, "%s", err.text);
	else if (landlock)
		snprintf(d.detail, sizeof d.detail, "behind seccomp and Landlock (version %u)", landlock);
	else
		snprintf(d.detail, sizeof d.detail, "behind seccomp; this kernel has no Landlock");
	return d;
}

static void add_decoder_text(struct text *t)
{
	struct decoder_state d = decoder_state();
	text_addf(t, "%-10s %-9s %s\n", "decoder", d.works ? "works" : "does not", d.detail);
	if (!d.works)
		text_addf(t, "%-20s → %s\n", "", "a kernel with seccomp; in a container, a profile that allows filters");
}

static void add_text(const struct collector_row rows[], size_t count, struct text *t)
{
	bool colour = terminal_colours(1);
	enum watch_tier tier = tier_of(rows, count);
	for (size_t i = 0; i < count; i++) {
		const struct collector_row *r = &rows[i];
		bool wanted = tier_wants(tier, r->name);
		const char *word = r->works ? "works" : wanted ? "does not" : "unneeded";
		text_addf(t, "%-10s %s%-9s%s %s\n", r->name,
			  !colour || !(r->works || wanted) ? "" : r->works ? "\033[1;32m" : "\033[1;33m", word,
			  colour ? "\033[0m" : "", r->detail[0] ? r->detail : r->witnesses);
		if (!r->works && wanted)
			text_addf(t, "%-20s → %s\n", "", r->remedy[0] ? r->remedy : r->needs);
	}
	add_decoder_text(t);
	doctor_seal_text(t);
	doctor_tpm_text(t);
	text_add_string(t, "For bench:\n");
	doctor_bench_text(t);
	text_add_char(t, '\n');
	text_addf(t, "%s\n", tier_about(tier));
	if (tier != TIER_FULL && !privilege_full())
		text_add_string(t, "→ for the full view: sudo airgap-verify session -- COMMAND\n");
	if (tier != TIER_FULL && collectors_table_works(rows, count, "isolation"))
		text_add_string(t, "→ or where it cannot get out, which can be PASS: airgap-verify session --isolate -- COMMAND\n");
}

static void add_json(const struct collector_row rows[], size_t count, struct text *t)
{
	struct json j = json_on(t);
	json_begin_object(&j, NULL);
	json_add_string(&j, "tier", tier_name(tier_of(rows, count)));
	doctor_seal_json(&j);
	doctor_tpm_json(&j);
	struct decoder_state d = decoder_state();
	json_begin_object(&j, "decoder");
	json_add_bool(&j, "works", d.works);
	json_add_string(&j, "detail", d.detail);
	json_end_object(&j);
	json_begin_array(&j, "witnesses");
	for (size_t i = 0; i < count; i++) {
		json_begin_object(&j, NULL);
		json_add_string(&j, "name", rows[i].name);
		json_add_bool(&j, "works", rows[i].works);
		json_add_string(&j, "witnesses", rows[i].witnesses);
		json_add_string(&j, "needs", rows[i].needs);
		json_add_string(&j, "detail", rows[i].detail);
		json_add_string(&j, "remedy", rows[i].remedy);
		json_end_object(&j);
	}
	json_end_array(&j);
	doctor_bench_json(&j);
	json_end_object(&j);
	text_add_char(t, '\n');
}

static int run(const struct command *self, int argc, char *argv[], struct error *err)
{
	struct common common = {0};
	struct collector_row rows[COLLECTOR_ROWS_MAX];
	size_t count, dashes;
	bool done;
	AUTO_TEXT struct text out = text_make(OUTPUT_MAX);
	if (command_parse(self, argc, argv, &common, &count, &dashes, &done, err) || done)
		return 0;
	if (count) {
		fail(err, ERR_USAGE, "doctor takes no \"%s\"", argv[0]);
		return 0;
	}
	if (collectors_table(true, rows, &count, err))
		return 0;
	if (common.json)
		add_json(rows, count, &out);
	else
		add_text(rows, count, &out);
	fputs(text_string(&out), stdout);
	return 0;
}

const struct command command_doctor = {
	.name = "doctor",
	.usage = "[options]",
	.summary = "which witnesses would work here and now, and what is missing",
	.details = NULL,
	.arguments = NULL,
	.argument_count = 0,
	.run = run,
};
