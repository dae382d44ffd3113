/* SPDX-License-Identifier: Apache-2.0 */
/*
 * airgap-collect: the part of airgap-verify that may have privileges. It watches,
 * writes raw evidence, and understands nothing of it.
 */
#include "collectors/options.h"
#include "collectors/platform.h"
#include "collectors/registry.h"
#include "collectors/session.h"
#include "core/json.h"

#include <stdio.h>
#include <string.h>

enum { GATHERED_MAX = 64 << 20 };

static int print_error(const struct error *err)
{
	AUTO_TEXT struct text line = text_make(8192);
	text_add_printable(&line, slice_of_string(err->text), 4096);
	fprintf(stderr, "airgap-collect: %s\n", text_string(&line));
	return error_exit(err->status);
}

static int run_session(int argc, char *argv[])
{
	struct watch_options options;
	struct error err = {0};
	if (argc == 2 && !strcmp(argv[1], "--help")) {
		options_help();
		return 0;
	}
	if (options_parse(argc, argv, &options, &err) || session_run(&options, &err))
		return print_error(&err);
	if (options.status_fd < 0) /* nobody else tells */
		fprintf(stderr, "airgap-collect: the evidence is in %s; airgap-verify crosscheck %s judges it, "
			"on this machine or another\n", options.folder, options.folder);
	return 0;
}

/* What was gathered goes to whoever reads standard output; nothing is kept here. */
static int print_gathered(enum status status, const struct text *out, struct error *err)
{
	if (status)
		return print_error(err);
	if (fwrite(out->at, 1, out->size, stdout) == out->size && fflush(stdout) == 0)
		return 0;
	fail(err, ERR_IO, "cannot write to standard output");
	return print_error(err);
}

static int print_posture(int argc, char *argv[])
{
	struct error err = {0};
	AUTO_TEXT struct text out = text_make(GATHERED_MAX);
	return print_gathered(platform_posture(argc, argv, &out, &err), &out, &err);
}

static int print_snapshot(void)
{
	struct error err = {0};
	AUTO_TEXT struct text out = text_make(GATHERED_MAX);
	return print_gathered(platform_snapshot(&out, &err), &out, &err);
}

/* The table of collectors; with `probing`, whether each would work here and now. */
static int print_collectors(bool probing)
{
	AUTO_TEXT struct text out = text_make(1 << 16);
	struct json j = json_on(&out);
	json_begin_array(&j, NULL);
	for (size_t i = 0; collectors[i]; i++) {
		struct probe probe = {0};
		json_begin_object(&j, NULL);
		json_add_string(&j, "name", collectors[i]->name);
		json_add_string(&j, "witnesses", collectors[i]->witnesses);
		json_add_string(&j, "needs", collectors[i]->needs);
		if (probing) {
			collectors[i]->probe(&probe);
			json_add_bool(&j, "works", probe.works);
			json_add_string(&j, "detail", probe.detail);
			json_add_string(&j, "remedy", probe.remedy);
		}
		json_end_object(&j);
	}
	json_end_array(&j);
	printf("%s\n", text_string(&out));
	return fflush(stdout) == 0 ? 0 : error_exit(ERR_IO);
}

int main(int argc, char *argv[])
{
	platform_arguments(&argc, &argv);
	const char *verb = argc > 1 ? argv[1] : "";
	if (!strcmp(verb, "session"))
		return run_session(argc - 1, argv + 1);
	if (!strcmp(verb, "posture"))
		return print_posture(argc - 2, argv + 2);
	if (!strcmp(verb, "snapshot") && argc == 2)
		return print_snapshot();
	if (!strcmp(verb, "probe"))
		return print_collectors(true);
	if (!strcmp(verb, "list"))
		return print_collectors(false);
	if (!strcmp(verb, "--version")) {
		printf("airgap-collect %s\n", VERSION);
		return 0;
	}
	fprintf(stderr, "usage: airgap-collect session -o DIR [options] -- COMMAND [ARG…]\n"
			"       airgap-collect posture [--root DIR] [--home DIR] [--workspace DIR] [--tools DIR]\n"
			"       airgap-collect snapshot | probe | list | --version\n");
	return !strcmp(verb, "--help") ? 0 : error_exit(ERR_USAGE);
}
