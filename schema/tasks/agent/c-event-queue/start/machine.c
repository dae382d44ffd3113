#include "machine.h"

enum { FINISHED, BROKEN, REPAIRED };

bool machine_run(struct machine *machines, size_t n, uint64_t until)
{
	struct events e = { .count = 0 };
	struct event next;

	for (size_t i = 0; i < n; i++) {
		machines[i].pieces = 0;
		if (machines[i].breaks && !events_add(&e, machines[i].breaks, BROKEN, &machines[i]))
			return false;
		if (!events_add(&e, machines[i].work, FINISHED, &machines[i]))
			return false;
	}
	while (events_next(&e, &next) && next.time < until) {
		struct machine *m = next.whom;

		switch (next.what) {
		case FINISHED:
			m->pieces++;
			events_add(&e, m->work, FINISHED, m);
			break;
		case BROKEN:
			events_add(&e, m->repair, REPAIRED, m);
			break;
		case REPAIRED:
			events_add(&e, m->work, FINISHED, m);
			break;
		}
	}
	return true;
}
