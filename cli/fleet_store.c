/* SPDX-License-Identifier: Apache-2.0 */
#include "cli/fleet_store.h"

#include "core/clock.h"
#include "core/duration.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* XDG Base Directory Specification: state. */
static enum status default_place(char ret[static FILE_PATH_MAX], struct error *err)
{
	const char *state = getenv("XDG_STATE_HOME"), *home = getenv("HOME");
	if (geteuid() == 0)
		snprintf(ret, FILE_PATH_MAX, "/var/lib/airgap-verify/fleet.db");
	else if (state && state[0] == '/')
		snprintf(ret, FILE_PATH_MAX, "%s/airgap-verify/fleet.db", state);
	else if (home && home[0] == '/')
		snprintf(ret, FILE_PATH_MAX, "%s/.local/state/airgap-verify/fleet.db", home);
	else
		return fail(err, ERR_UNAVAILABLE, "there is no home folder (HOME is not set); --store names the store");
	return OK;
}

enum status fleet_store_open(const struct fleet_settings *s, enum depot_mode mode, struct depot **ret, struct error *err)
{
	char own[FILE_PATH_MAX];
	struct depot_options options = {.place = s->store, .remote = s->remote};
	enum status status = s->store ? OK : default_place(own, err);
	if (!status && !s->store && mode == DEPOT_WRITE)
		status = file_have_folders_above(AT_FDCWD, own, err);
	if (!s->store)
		options.place = own;
	return status ? status : depot_open(&options, mode, ret, err);
}

enum status fleet_store_time(const char *text, const char *option, int64_t *ret_ns, struct error *err)
{
	char time[CLOCK_TEXT_MAX];
	snprintf(time, sizeof time, strchr(text, 'T') ? "%s" : "%sT00:00:00Z", text);
	return clock_parse(slice_of_string(time), ret_ns) ? OK
						       : fail(err, ERR_USAGE, "fleet: %s is a day such as 2026-11-28, or a time such as "
							      "2026-11-28T12:00:00Z", option);
}

enum status fleet_store_every(const struct fleet_settings *s, struct value *ret, struct error *err)
{
	int64_t every = 0;
	enum status status = s->every ? duration_parse(s->every, "--every", &every, err) : OK;
	*ret = s->every ? value_number(every) : (struct value){.type = VALUE_NULL};
	return status;
}
