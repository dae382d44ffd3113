/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CLI_COMMAND_H
#define CLI_COMMAND_H

/*
 * A command of airgap-verify: one row in command.c. The usage, the completions of shells
 * and what tests/unit/manual_test.c wants of the manual come from the same rows.
 */

#include "cli/arguments.h"

struct command {
	const char *name;
	const char *usage; /* behind the name: "[options] DIR" */
	const char *summary;
	const char *details; /* for --help; may be NULL */
	const struct argument *arguments;
	size_t argument_count;
	/* `argv` holds what stands behind the name. Returns the exit status (0, 1, 2 as
	 * the contract says); where `err` is set, its status and message count instead. */
	int (*run)(const struct command *self, int argc, char *argv[], struct error *err);
};

extern const struct command command_session, command_ingest, command_crosscheck, command_report, command_bundle, command_reproduce,
	command_verify, command_timestamp, command_sign, command_keygen, command_list, command_doctor, command_inventory,
	command_challenge, command_posture, command_bench, command_redact, command_schedule, command_snapshot, command_audit, command_fleet, command_watch;

/* All of them, in the order of the usage. */
extern const struct command *const commands[];
extern const size_t command_count;

/* NULL: there is none of that name. */
const struct command *command_find(const char *name);

/* ERR_USAGE: that there is no such command, and which may be meant. */
enum status command_unknown(const char *name, struct error *err);

/* Parses the options of `self`; prints the help where it is asked for, and then
 * `ret_done` is true. */
enum status command_parse(const struct command *self, int argc, char *argv[], void *settings,
			  size_t *ret_count, size_t *ret_dashes, bool *ret_done,
			  struct error *err) MUST_CHECK;

#endif
