#ifndef MACHINE_H
#define MACHINE_H

#include "events.h"

/* A machine makes a piece each `work` ticks. At the time `breaks` (0: never) it breaks: the piece in work is lost, and
 * `repair` ticks later it begins a new one. It breaks once only. */
struct machine {
	uint64_t work, breaks, repair;
	unsigned pieces;
};

/* Runs the machines from time 0 through `until` (what happens at `until` counts; what is finished at the very time when the
 * machine breaks is finished). False if there were too many events at once. */
bool machine_run(struct machine *machines, size_t n, uint64_t until);

#endif
