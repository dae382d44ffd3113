/* SPDX-License-Identifier: Apache-2.0 */
#include "collectors/macos/process_events.h"

#include <sys/event.h>
#include <sys/types.h>
#include <time.h>

enum { TAKEN_MAX = 64 /* at a time */ };

int process_events_open(void)
{
	return kqueue();
}

static bool ask_for(int queue, uint32_t pid, unsigned flags)
{
	struct kevent change;
	EV_SET(&change, pid, EVFILT_PROC, EV_ADD | EV_CLEAR, flags, 0, NULL);
	return kevent(queue, &change, 1, NULL, 0, NULL) == 0;
}

bool process_events_ask(int queue, uint32_t pid)
{
	const unsigned flags = NOTE_FORK | NOTE_EXEC | NOTE_EXIT;
	/* refused as a whole where the status is not for us */
	return ask_for(queue, pid, flags | NOTE_EXITSTATUS) || ask_for(queue, pid, flags);
}

size_t process_events_take(int queue, struct process_event ret[], size_t max)
{
	struct kevent events[TAKEN_MAX];
	const struct timespec now = {0};
	int count = kevent(queue, NULL, 0, events, max < TAKEN_MAX ? (int)max : TAKEN_MAX, &now);
	for (int i = 0; i < count; i++) {
		const struct kevent *e = &events[i];
		ret[i] = (struct process_event){
			.pid = (uint32_t)e->ident,
			.forked = e->fflags & NOTE_FORK,
			.executed = e->fflags & NOTE_EXEC,
			.ended = e->fflags & NOTE_EXIT,
			.has_status = e->fflags & NOTE_EXITSTATUS,
			.status = (int)(e->data & NOTE_PDATAMASK),
		};
	}
	return count > 0 ? (size_t)count : 0;
}
