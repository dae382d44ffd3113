/* SPDX-License-Identifier: Apache-2.0 */
#ifndef COLLECTORS_WINDOWS_JOB_H
#define COLLECTORS_WINDOWS_JOB_H

/*
 * The processes of a session: a job object that the command is put into before its
 * first instruction, and every process that it makes is born into. Windows tells of
 * each birth and end; a program cannot leave the job. What is started on its behalf by
 * somebody else (a service, WMI, the task scheduler) is not in it.
 */

#include "collectors/collector.h"

#include <windows.h>

struct job; /* opaque */

enum status job_open(struct watch *w, struct job **ret, struct error *err) MUST_CHECK;
void job_close(struct job *j); /* NULL-safe; who is in it lives on */

/* Puts a process into it, before it runs or while it does. */
enum status job_put(struct job *j, HANDLE process, struct error *err) MUST_CHECK;

/* Those that live, at most `max`; their number. */
size_t job_living(const struct job *j, uint32_t ret[], size_t max);

#endif
