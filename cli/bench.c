/* SPDX-License-Identifier: Apache-2.0 */
#include "cli/bench_check.h"
#include "cli/bench_tables.h"
#include "cli/bench_watch.h"
#include "cli/command.h"
#include "core/auto.h"

#include <stdlib.h>

/* Under watch, as the one that watches started it. */
static int be_worker(const struct bench_options *o, const struct run_settings *s, struct error *err)
{
	enum run_end end = RUN_COMPLETE;
	if (bench_worker(o, s, o->worker, &end, err))
		return 0;
	return end == RUN_INTERRUPTED ? BENCH_INTERRUPTED : 0;
}

static int check(const struct bench_options *o, const struct run_settings *s, struct error *err)
{
	bool good = false;
	if (bench_check(o, s, &good, err))
		return 0;
	return good ? 0 : 1;
}

/* Options as they are given, before parsing moves them about. */
static char **copy_words(int argc, char *argv[])
{
	char **copy = must_alloc((size_t)argc + 1, sizeof *copy);
	for (int i = 0; i < argc; i++)
		copy[i] = argv[i];
	return copy;
}

static int run_with(const struct bench_options *o, char **words, int argc, struct error *err)
{
	AUTO_FREE struct run_settings *s = must_alloc(1, sizeof *s);
	if (bench_options_settings(o, s, err))
		return 0;
	if (o->worker)
		return be_worker(o, s, err);
	if (o->check_tasks)
		return check(o, s, err);
	if (o->no_watch)
		return bench_alone(o, s, err);
	return bench_watch(o, s, words, (size_t)argc, err);
}

static int run(const struct command *self, int argc, char *argv[], struct error *err)
{
	struct bench_options o = {0};
	size_t count, dashes;
	bool done;
	AUTO_FREE char **words = copy_words(argc, argv);
	AUTO_TEXT struct text tiers = text_make(BENCH_TABLE_MAX), published = text_make(BENCH_TABLE_MAX);
	if (command_parse(self, argc, argv, &o, &count, &dashes, &done, err) || done)
		return 0;
	if (count) {
		fail(err, ERR_USAGE, "bench takes no \"%s\"", argv[0]);
		return 0;
	}
	if (bench_tables_tiers(o.tiers, &tiers, &o.tier_table, err) ||
	    bench_tables_published(o.published, &published, &o.published_table, err))
		return 0;
	return run_with(&o, words, argc, err);
}

const struct command command_bench = {
	.name = "bench",
	.usage = "[options]",
	.summary = "which local model is good enough here: quality and speed, under watch",
	.details = "Finds the graphics memory and its tier, takes the models for it that the model servers\n"
		   "of this machine have, puts coding tasks to them, and runs what they answer in a sandbox\n"
		   "without a network. All of it is watched as a session is, so that the report can say that\n"
		   "nothing left; the server itself was there before and is not part of what is watched.\n"
		   "It takes minutes on a fast card and hours on a processor alone. First looks:\n"
		   "  airgap-verify doctor                      what is here: tier, servers, sandbox\n"
		   "  airgap-verify bench --no-watch --limit 3  three tasks of each suite, not watched\n"
		   "Exit status: 0 done, and PASS where the policy has thresholds ([bench]) and egress was\n"
		   "watched; 1 FAIL of either; 2 INCONCLUSIVE, or not finished; 64 to 78 for errors. Needs\n"
		   "bubblewrap, and root for the full view (sudo airgap-verify bench): the benchmark itself\n"
		   "still runs as you.",
	.arguments = bench_arguments,
	.argument_count = BENCH_ARGUMENTS,
	.run = run,
};
