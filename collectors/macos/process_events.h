/* SPDX-License-Identifier: Apache-2.0 */
#ifndef COLLECTORS_MACOS_PROCESS_EVENTS_H
#define COLLECTORS_MACOS_PROCESS_EVENTS_H

/*
 * What kqueue(2) tells of processes. It does not tell which child one made.
 */

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Of one process; several may come as one. */
struct process_event {
	uint32_t pid;
	bool forked, executed, ended;
	bool has_status; /* told of our own children, and by newer systems of others of the user's */
	int status;      /* as wait(2) tells it */
};

/* A descriptor that becomes readable with the first event; -1 with errno set. */
int process_events_open(void);

/* Asks for the events of a process from now on; false where it has ended, or may not be
 * asked about. */
bool process_events_ask(int queue, uint32_t pid);

/* Takes those that are there, at most `max`, and does not wait. */
size_t process_events_take(int queue, struct process_event ret[], size_t max);

#endif
