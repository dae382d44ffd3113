/* SPDX-License-Identifier: Apache-2.0 */
#include "collectors/windows/console.h"

#include <windows.h>

enum { GRACE_MS = 4500 /* Windows ends the process five seconds after CTRL_CLOSE_EVENT */ };

/* Set by the handler, which Windows runs on a thread of its own. */
static volatile LONG interrupts, closing;
static HANDLE done;

static BOOL WINAPI on_event(DWORD event)
{
	if (event == CTRL_C_EVENT || event == CTRL_BREAK_EVENT) {
		InterlockedIncrement(&interrupts);
		return TRUE;
	}
	InterlockedExchange(&closing, 1);
	if (done)
		WaitForSingleObject(done, GRACE_MS);
	return TRUE;
}

void console_listen(void)
{
	done = CreateEventW(NULL, TRUE, FALSE, NULL);
	SetConsoleCtrlHandler(on_event, TRUE);
}

bool console_asks_to_end(void)
{
	return interrupts > 1 || closing;
}

void console_done(void)
{
	if (done)
		SetEvent(done);
}
