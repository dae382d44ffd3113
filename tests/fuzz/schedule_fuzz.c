/* SPDX-License-Identifier: Apache-2.0 */
/* What a schedule is read back from: its files, the answer of systemctl, state.json. */
#include "cli/schedule_command.h"
#include "cli/schedule_plan.h"
#include "cli/schedule_state.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size);

int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size)
{
	struct slice input = slice_of(data, size);
	struct schedule_state last = {0};
	struct schedule_times t;
	if (!schedule_times_of_file(input, &t) && t.every)
		abort();
	if (t.every && (24 % t.every || t.hour > 23 || t.minute > 59))
		abort();
	if (schedule_command_time(input, "NextElapseUSecRealtime") < 0)
		abort();
	if (schedule_state_parse(input, &last) && last.ended_ns < 0)
		abort();
	return 0;
}
