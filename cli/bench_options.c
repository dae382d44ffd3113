/* SPDX-License-Identifier: Apache-2.0 */
#include "cli/bench_options.h"

#include "core/auto.h"
#include "core/clock.h"
#include "core/duration.h"
#include "core/file.h"

#include <fcntl.h>
#include <stdio.h>
#include <string.h>

#define AT(member) offsetof(struct bench_options, member)
const struct argument bench_arguments[BENCH_ARGUMENTS] = {
	{"--output", 'o', "DIR", ARGUMENT_TEXT, AT(output), "the session folder (airgap-sessions/<UTC>-<id>)"},
	{"--tier", 0, "NAME", ARGUMENT_TEXT, AT(tier), "the models of this tier (list tiers); auto: of this machine's (auto)"},
	{"--tiers", 0, "FILE", ARGUMENT_TEXT, AT(tiers), "tiers of your own (tiers.tsv in ~/.config or /etc/airgap-verify)"},
	{"--published", 0, "FILE", ARGUMENT_TEXT, AT(published),
	 "published figures of your own to hold ours against (published.tsv, likewise)"},
	{"--model", 0, "NAME", ARGUMENT_LIST, AT(models),
	 "this model (NAME@URL: of this server), not those of the tier; may be repeated"},
	{"--server", 0, "URL", ARGUMENT_LIST, AT(servers),
	 "the model server, on this machine (the usual ports); may be repeated"},
	{"--vram", 0, "SIZE", ARGUMENT_TEXT, AT(vram), "graphics memory to choose the tier by, as 12GB or 8192MB"},
	{"--machine", 0, "FILE", ARGUMENT_LIST, AT(machines),
	 "the tier of a machine that told of itself, also a PC or a Mac; may be repeated"},
	{"--suite", 0, "LIST", ARGUMENT_TEXT, AT(suites), "only these: complete, repair, edit, agent, humaneval, mbpp"},
	{"--language", 0, "LIST", ARGUMENT_TEXT, AT(languages), "only these: python, c, javascript, shell"},
	{"--difficulty", 0, "LIST", ARGUMENT_TEXT, AT(difficulties), "only these: easy, middle, hard"},
	{"--tasks", 0, "DIR", ARGUMENT_LIST, AT(tasks), "tasks of your own, beside those of this build; may be repeated"},
	{"--problems", 0, "FILE", ARGUMENT_LIST, AT(problems), "HumanEval or MBPP, JSON, maybe gzip; may be repeated"},
	{"--prompt-mode", 0, "MODE", ARGUMENT_TEXT, AT(mode), "how problems are put: chat, or completion as published (chat)"},
	{"--samples", 0, "N", ARGUMENT_NUMBER, AT(samples), "answers to each task (1)"},
	{"--temperature", 0, "T", ARGUMENT_TEXT, AT(temperature), "0 to 2 (0)"},
	{"--seed", 0, "N", ARGUMENT_NUMBER, AT(seed), "of the first sample; the next ones count up (1)"},
	{"--context", 0, "TOKENS", ARGUMENT_NUMBER, AT(context), "room for question and answer; 0: the server's own (8192)"},
	{"--tokens-max", 0, "TOKENS", ARGUMENT_NUMBER, AT(tokens_max), "longest answer of one turn; 0: the server's own (4096)"},
	{"--time-limit", 0, "TIME", ARGUMENT_DURATION, AT(time_limit), "for one answer, all of its turns (10m)"},
	{"--repeats", 0, "N", ARGUMENT_NUMBER, AT(repeats), "measurements of speed, beside the one that loads the model (3)"},
	{"--limit", 0, "N", ARGUMENT_NUMBER, AT(limit), "only N tasks of each suite, evenly over it, for a quick look"},
	{"--resume", 0, "DIR", ARGUMENT_TEXT, AT(resume), "go on with the benchmark in DIR, in a folder of its own"},
	{"--check-tasks", 0, NULL, ARGUMENT_FLAG, AT(check_tasks), "ask no model: try the answers that come with the tasks"},
	{"--no-watch", 0, NULL, ARGUMENT_FLAG, AT(no_watch), "measure only; nothing is then said of egress"},
	{"--policy", 0, "FILE", ARGUMENT_TEXT, AT(policy), "the policy (~/.config or /etc/airgap-verify/policy.ini)"},
	{"--key", 0, "FILE", ARGUMENT_TEXT, AT(key), "sign with this key (~/.config/airgap-verify/signing.key)"},
	{"--certificate", 0, "FILE", ARGUMENT_TEXT, AT(certificate), "and this certificate (…/signing.crt)"},
	{"--passphrase-file", 0, "FILE", ARGUMENT_TEXT, AT(passphrase_file), "its first line is the passphrase of the key, or the PIN of its token"},
	{"--worker", 0, "DIR", ARGUMENT_TEXT, AT(worker), NULL}, /* what bench starts under watch */
};

/* "complete,repair" */
static enum status take_names(const char *text, const char *option, const char *(*name)(size_t), bool ret[],
			      size_t count, struct error *err)
{
	if (!text)
		return OK;
	memset(ret, 0, count * sizeof *ret);
	for (struct slice rest = slice_of_string(text); rest.size > 0;) {
		struct slice word = slice_part(rest, 0, slice_find(rest, ','));
		size_t i = 0;
		while (i < count && !slice_is(word, name(i)))
			i++;
		if (i == count)
			return fail(err, ERR_USAGE, "%s knows no \"%.*s\" (see --help)", option, (int)word.size, (const char *)word.at);
		ret[i] = true;
		rest = slice_part(rest, word.size + 1, rest.size);
	}
	return OK;
}

static enum status take_list(const struct argument_list *from, const char *option, char *first, size_t size,
			     size_t max, size_t *ret_count, struct error *err)
{
	if (from->count > max)
		return fail(err, ERR_USAGE, "%s can be given %zu times", option, max);
	for (size_t i = 0; i < from->count; i++)
		if (snprintf(first + i * size, size, "%s", from->at[i]) >= (int)size)
			return fail(err, ERR_USAGE, "%s: longer than %zu bytes", option, size - 1);
	*ret_count = from->count;
	return OK;
}

static enum status take_number(const char *text, const char *option, uint64_t least, uint64_t most, unsigned *ret,
			       struct error *err)
{
	uint64_t value;
	if (!text)
		return OK;
	if (!slice_u64(slice_of_string(text), most, &value) || value < least)
		return fail(err, ERR_USAGE, "%s takes %llu to %llu, not \"%s\"", option, (unsigned long long)least,
			    (unsigned long long)most, text);
	*ret = (unsigned)value;
	return OK;
}

/* Makers of graphics memory count in powers of two, whatever they call them. */
static enum status take_size(const char *text, uint64_t *ret, struct error *err)
{
	static const struct {
		const char *unit;
		unsigned shift;
	} units[] = {{"G", 30}, {"GB", 30}, {"GiB", 30}, {"M", 20}, {"MB", 20}, {"MiB", 20}};
	struct slice all = slice_of_string(text ? text : "");
	size_t digits = 0;
	uint64_t number;
	if (!text)
		return OK;
	while (digits < all.size && all.at[digits] >= '0' && all.at[digits] <= '9')
		digits++;
	for (size_t i = 0; i < LENGTH(units); i++)
		if (slice_is(slice_trim(slice_part(all, digits, all.size)), units[i].unit) &&
		    slice_u64(slice_part(all, 0, digits), UINT64_C(1) << 24, &number) && number > 0) {
			*ret = number << units[i].shift;
			return OK;
		}
	return fail(err, ERR_USAGE, "--vram takes a size such as 12GB or 8192MB, not \"%s\"", text);
}

static enum status take_time(const char *text, unsigned *ret_ms, struct error *err)
{
	int64_t ns = 0;
	if (!text)
		return OK;
	enum status status = duration_parse(text, "--time-limit", &ns, err);
	if (!status && (ns < CLOCK_SECOND || ns > CLOCK_DAY))
		status = fail(err, ERR_USAGE, "--time-limit takes 1s to 1d, not \"%s\"", text);
	*ret_ms = (unsigned)(ns / CLOCK_MILLISECOND);
	return status;
}

static enum status take_numbers(const struct bench_options *o, struct run_settings *s, struct error *err)
{
	unsigned seed = 1;
	enum status status = take_number(o->samples, "--samples", 1, RUN_SAMPLES_MAX, &s->samples, err);
	if (!status)
		status = take_number(o->seed, "--seed", 0, INT32_MAX, &seed, err);
	s->seed = seed;
	if (!status)
		status = take_number(o->context, "--context", 0, 1 << 24, &s->context, err);
	if (!status)
		status = take_number(o->tokens_max, "--tokens-max", 0, 1 << 24, &s->tokens_max, err);
	if (!status)
		status = take_number(o->repeats, "--repeats", 0, RUN_REPEATS_MAX, &s->repeats, err);
	if (!status)
		status = take_number(o->limit, "--limit", 1, TASK_COUNT_MAX, &s->limit, err);
	if (!status)
		status = take_time(o->time_limit, &s->timeout_ms, err);
	if (!status)
		status = take_size(o->vram, &s->vram_bytes, err);
	if (!status && o->temperature && !run_settings_temperature(slice_of_string(o->temperature), &s->temperature_milli))
		status = fail(err, ERR_USAGE, "--temperature takes 0 to 2 with up to three digits behind the point, not \"%s\"",
			      o->temperature);
	if (!status && s->samples > 1 && s->temperature_milli == 0)
		status = fail(err, ERR_USAGE, "--samples %u at temperature 0 asks for the same answer again; give "
			      "--temperature too", s->samples);
	return status;
}

static enum status take_words(const struct bench_options *o, struct run_settings *s, struct error *err)
{
	if (o->tier && snprintf(s->tier, sizeof s->tier, "%s", o->tier) >= (int)sizeof s->tier)
		return fail(err, ERR_USAGE, "--tier: longer than %zu bytes", sizeof s->tier - 1);
	if (o->mode && strcmp(o->mode, "chat") != 0 && strcmp(o->mode, "completion") != 0)
		return fail(err, ERR_USAGE, "--prompt-mode takes chat or completion, not \"%s\"", o->mode);
	s->completion = o->mode && !strcmp(o->mode, "completion");
	enum status status = take_names(o->suites, "--suite", run_settings_suite, s->suites, TASK_SUITES, err);
	if (!status)
		status = take_names(o->languages, "--language", run_settings_language, s->languages, TASK_LANGUAGES, err);
	if (!status)
		status = take_names(o->difficulties, "--difficulty", run_settings_difficulty, s->difficulties,
				    TASK_DIFFICULTIES, err);
	return status;
}

static enum status take_lists(const struct bench_options *o, struct run_settings *s, struct error *err)
{
	enum status status = take_list(&o->models, "--model", s->models[0], sizeof s->models[0], RUN_MODELS_MAX,
				       &s->model_count, err);
	if (!status)
		status = take_list(&o->servers, "--server", s->servers[0], sizeof s->servers[0], RUN_SERVERS_MAX,
				   &s->server_count, err);
	if (!status)
		status = take_list(&o->machines, "--machine", s->machines[0], sizeof s->machines[0], RUN_MACHINES_MAX,
				   &s->machine_count, err);
	if (!status)
		status = take_list(&o->tasks, "--tasks", s->folders[0], sizeof s->folders[0], RUN_PATHS_MAX, &s->folder_count, err);
	if (!status)
		status = take_list(&o->problems, "--problems", s->problems[0], sizeof s->problems[0], RUN_PATHS_MAX,
				   &s->problem_count, err);
	return status;
}

enum status bench_options_folder(const char *path, int *ret_fd, struct error *err)
{
	AUTO_FD int folder = -1;
	enum status status = file_open_folder(AT_FDCWD, path, &folder, err);
	if (status)
		return status;
	status = file_open_folder(folder, "bench", ret_fd, err);
	return status ? fail_in(err, "%s", path) : OK;
}

/* Where they are, the servers that are named now tell. */
static void forget_places(struct run_settings *s)
{
	char name[SERVER_NAME_MAX], url[SERVER_NAME_MAX];
	for (size_t i = 0; i < s->model_count; i++) {
		run_settings_model(s->models[i], name, url);
		memcpy(s->models[i], name, sizeof name);
	}
}

/* Another server may be there by now; everything else is what was begun. */
static enum status resumed(const struct bench_options *o, struct run_settings *ret, struct error *err)
{
	AUTO_FD int folder = -1;
	if (o->tier || o->vram || o->suites || o->languages || o->difficulties || o->mode || o->samples || o->temperature ||
	    o->seed || o->context || o->tokens_max || o->time_limit || o->repeats || o->limit || o->models.count ||
	    o->tasks.count || o->problems.count || o->machines.count || o->published)
		return fail(err, ERR_USAGE, "--resume goes on as it was begun; of the options that say what is measured only "
			    "--server goes with it");
	enum status status = bench_options_folder(o->resume, &folder, err);
	if (status)
		return status;
	struct record_before *before = must_alloc(1, sizeof *before);
	if (record_read(folder, before, err)) {
		free(before);
		return fail_in(err, "%s", o->resume);
	}
	*ret = before->settings;
	record_before_free(before);
	free(before);
	if (o->servers.count == 0)
		return OK;
	forget_places(ret);
	return take_list(&o->servers, "--server", ret->servers[0], sizeof ret->servers[0], RUN_SERVERS_MAX, &ret->server_count,
			 err);
}

enum status bench_options_settings(const struct bench_options *o, struct run_settings *ret, struct error *err)
{
	if (o->resume)
		return resumed(o, ret, err);
	run_settings_usual(ret);
	enum status status = take_words(o, ret, err);
	if (!status)
		status = take_numbers(o, ret, err);
	return status ? status : take_lists(o, ret, err);
}
