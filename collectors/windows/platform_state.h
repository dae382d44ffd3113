/* SPDX-License-Identifier: Apache-2.0 */
#ifndef COLLECTORS_WINDOWS_PLATFORM_STATE_H
#define COLLECTORS_WINDOWS_PLATFORM_STATE_H

/*
 * What a session has of its own on Windows.
 */

#include "collectors/platform.h"
#include "collectors/windows/job.h"
#include "collectors/windows/launch.h"

struct platform {
	struct launch launch;
	struct error refused; /* why the command could not be made; its status is OK where it could */
	struct job *job;      /* owned; NULL: none */
	HANDLE watched;       /* of --pid; NULL: none */
};

/* An exit status as wait(2) tells it. One past 255, such as that of a crash, does not
 * fit there: the record of the process's end has it whole besides. */
int platform_wait_status(DWORD code);

#endif
