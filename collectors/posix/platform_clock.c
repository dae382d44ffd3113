/* SPDX-License-Identifier: Apache-2.0 */
#include "collectors/posix/platform_clock.h"

#include "core/clock.h"

enum { NS_OF_US = 1000 };

void platform_clock_add(struct json *j, int state, const struct timex *t, const char *source)
{
	struct clock_pair now = clock_now();
	json_begin_object(j, "clock");
	json_add_i64(j, "wall_ns", now.wall_ns);
	json_add_i64(j, "mono_ns", now.mono_ns);
	json_add_bool(j, "synchronised", state >= 0 && state != TIME_ERROR && !(t->status & STA_UNSYNC));
	json_add_string(j, "source", source);
	if (state >= 0) {
		json_add_i64(j, "offset_ns", t->status & STA_NANO ? t->offset : t->offset * NS_OF_US);
		json_add_i64(j, "estimated_error_ns", t->esterror * NS_OF_US);
		json_add_i64(j, "maximum_error_ns", t->maxerror * NS_OF_US);
	}
	json_end_object(j);
}
