/* SPDX-License-Identifier: Apache-2.0 */
#include "analysis/endpoint.h"
#include "cli/command.h"
#include "cli/database.h"
#include "cli/inventory_list.h"
#include "cli/progress.h"
#include "core/auto.h"
#include "core/file.h"

#include <fcntl.h>
#include <signal.h>
#include <stdio.h>

struct settings {
	struct common common;
	const char *db, *output;
	bool all, csv;
};

enum { OUTPUT_MAX = 1 << 30 };

#define AT(member) offsetof(struct settings, member)
static const struct argument arguments[] = {
	{"--db", 0, "FILE|DIR", ARGUMENT_TEXT, AT(db),
	 "tell which hosts this database or session folder saw, and which never"},
	{"--all", 0, NULL, ARGUMENT_FLAG, AT(all), "list also what is only written, not called"},
	{"--csv", 0, NULL, ARGUMENT_FLAG, AT(csv), "comma-separated values, a line a host, all of them"},
	{"--output", 'o', "FILE", ARGUMENT_TEXT, AT(output), "write the list there"},
};

static volatile sig_atomic_t interrupted;

static void on_signal(int number)
{
	interrupted = number;
}

static bool tell(void *to, const char *path, uint64_t bytes)
{
	struct progress_line *line = to;
	line->what = path;
	progress_at(line, bytes);
	return !interrupted;
}

/* Who waits for this process is to see why it ended. */
static void end_by_signal(const struct error *err)
{
	fprintf(stderr, "airgap-verify: %s: nothing was written\n", err->text);
	signal(interrupted, SIG_DFL);
	raise(interrupted);
}

/* The suffixes of the endpoints that are known; free() what `ret` points to. */
static void load_known(struct scan_known *ret)
{
	struct slice *all = must_alloc(SCAN_KNOWN_MAX, sizeof *all);
	struct endpoint e;
	size_t count = 0;
	for (size_t at = 0; count < SCAN_KNOWN_MAX && endpoint_next(&at, &e);)
		if (slice_find(e.suffix, '.') < e.suffix.size)
			all[count++] = e.suffix;
	*ret = (struct scan_known){all, count};
}

static enum status write_list(const struct settings *s, const struct inventory_list *l, struct error *err)
{
	AUTO_TEXT struct text out = text_make(OUTPUT_MAX);
	if (s->common.json)
		inventory_list_json(l, &out);
	else if (s->csv)
		inventory_list_csv(l, &out);
	else
		inventory_list_table(l, s->all, &out);
	if (out.overflow)
		return fail(err, ERR_LIMIT, "the list is longer than %d bytes", OUTPUT_MAX);
	if (s->output)
		return file_write(AT_FDCWD, s->output, text_slice(&out), err);
	fwrite(out.at, 1, out.size, stdout); /* main looks whether it arrived */
	return OK;
}

static enum status take_inventory(const struct settings *s, size_t count, char *argv[], struct store *store,
				  struct error *err)
{
	struct progress_line line = progress_start(s->common.quiet);
	struct inventory_options how = {.tell = tell, .to = &line};
	const struct sigaction action = {.sa_handler = on_signal};
	struct found *found = NULL;
	AUTO_INVENTORY struct inventory_list list = {0};
	load_known(&how.known);
	sigaction(SIGINT, &action, NULL);
	sigaction(SIGTERM, &action, NULL);
	progress_next(&line, "", 0);
	enum status status = inventory_read((const char *const *)argv, count, &how, &found, err);
	progress_clear(&line);
	if (status && interrupted)
		end_by_signal(err);
	if (!status) {
		found_finish(found);
		status = inventory_list_make(found, store, &list, err);
	}
	if (!status)
		status = write_list(s, &list, err);
	found_free(found);
	free((void *)(uintptr_t)how.known.at);
	return status;
}

static int run(const struct command *self, int argc, char *argv[], struct error *err)
{
	struct settings s = {0};
	AUTO_STORE struct store *store = NULL;
	size_t count, dashes;
	bool done;
	if (command_parse(self, argc, argv, &s, &count, &dashes, &done, err) || done)
		return 0;
	if (count == 0) {
		fail(err, ERR_USAGE, "inventory: no DIR and no FILE is named");
		return 0;
	}
	if (s.csv && s.common.json) {
		fail(err, ERR_USAGE, "inventory: either --csv or --json");
		return 0;
	}
	if (s.db && database_open(s.db, STORE_READ, &store, err))
		return 0;
	return error_exit(take_inventory(&s, count, argv, store, err));
}

const struct command command_inventory = {
	.name = "inventory",
	.usage = "[options] DIR|FILE…",
	.summary = "list the hosts that an installation could call",
	.details = "Searches programs, scripts and archives (asar, zip, vsix, jar, tar, 7z, cab, gzip, bzip2, xz,\n"
		   "zstd, also within each other) for the hosts of URLs and for names, in ASCII and UTF-16, and\n"
		   "tells for each what it is for and where it stands. What could not be read is counted and said.\n"
		   "A name that is put together when the program runs, or that a server sends, stands in no file.",
	.arguments = arguments,
	.argument_count = LENGTH(arguments),
	.run = run,
};
