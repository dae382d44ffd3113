/* SPDX-License-Identifier: Apache-2.0 */
#include "cli/command.h"

#include "core/closest.h"

#include <stdio.h>
#include <string.h>

const struct command *const commands[] = {
	&command_session,
	&command_watch,
	&command_audit,
	&command_schedule,
	&command_snapshot,
	&command_posture,
	&command_inventory,
	&command_challenge,
	&command_bench,
	&command_ingest,
	&command_crosscheck,
	&command_report,
	&command_bundle,
	&command_verify,
	&command_reproduce,
	&command_redact,
	&command_sign,
	&command_timestamp,
	&command_keygen,
	&command_fleet,
	&command_list,
	&command_doctor,
};
const size_t command_count = LENGTH(commands);

const struct command *command_find(const char *name)
{
	for (size_t i = 0; i < command_count; i++)
		if (!strcmp(name, commands[i]->name))
			return commands[i];
	return NULL;
}

enum status command_unknown(const char *name, struct error *err)
{
	unsigned least = CLOSEST_NONE;
	const char *meant = NULL;
	if (name[0] == '-')
		return fail(err, ERR_USAGE, "a command comes first, and its options behind it (see airgap-verify --help)");
	for (size_t i = 0; i < command_count; i++) {
		unsigned distance = closest_distance(slice_of_string(name), slice_of_string(commands[i]->name));
		if (distance < least) {
			least = distance;
			meant = commands[i]->name;
		}
	}
	return meant ? fail(err, ERR_USAGE, "no command is called %s; is it %s?", name, meant)
		     : fail(err, ERR_USAGE, "no command is called %s (see airgap-verify --help)", name);
}

enum status command_parse(const struct command *self, int argc, char *argv[], void *settings,
			  size_t *ret_count, size_t *ret_dashes, bool *ret_done, struct error *err)
{
	enum status status = arguments_parse(self->arguments, self->argument_count, argc, argv, settings,
					     ret_count, ret_dashes, err);
	const struct common *common = settings;
	*ret_done = !status && common->help;
	if (!*ret_done)
		return status ? fail_in(err, "%s", self->name) : OK;
	printf("usage: airgap-verify %s %s\n\n%s.\n", self->name, self->usage, self->summary);
	if (self->details)
		printf("\n%s\n", self->details);
	printf("\n");
	arguments_print(self->arguments, self->argument_count);
	return OK;
}
