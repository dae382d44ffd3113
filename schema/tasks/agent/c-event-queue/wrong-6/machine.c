#include "machine.h"

enum { FINISHED, BROKEN, REPAIRED };

bool machine_run(struct machine *machines, size_t n, uint64_t until)
{
	struct events e = { .count = 0 };
	struct event next;

	for (size_t i = 0; i < n; i++) {
		machines[i].pieces = 0;
		if (!events_add(&e, machines[i].work, FINISHED, &machines[i]))
			return false;
		if (machines[i].breaks && !events_add(&e, machines[i].breaks, BROKEN, &machines[i]))
			return false;
	}
	while (events_next(&e, &next) && next.time <= until) {
		struct machine *m = next.whom;
		uint64_t finished;

		switch (next.what) {
		case FINISHED:
			m->pieces++;
			events_add(&e, m->work, FINISHED, m);
			break;
		case BROKEN:
			/* a piece that is finished at this very time is finished; its event may be behind this one */
			finished = 0;
			for (size_t i = 0; i < e.count; i++)
				if (e.heap[i].whom == m && e.heap[i].what == FINISHED && e.heap[i].time == next.time)
					finished++;
			events_cancel_all(&e, m);
			m->pieces += (unsigned)finished;
			events_add(&e, m->repair, REPAIRED, m);
			break;
		case REPAIRED:
			events_add(&e, m->work, FINISHED, m);
			break;
		}
	}
	return true;
}
