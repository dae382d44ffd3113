/* SPDX-License-Identifier: Apache-2.0 */
#include "cli/unbroken.h"

#include "core/file.h"

#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

static char message[2 * FILE_PATH_MAX];
static volatile sig_atomic_t interrupts;
static unsigned depth;
static pid_t owner;
static struct sigaction before;

static void on_interrupt(int number)
{
	if (interrupts++ > 0) {
		signal(number, SIG_DFL);
		raise(number);
		return;
	}
	/* the terminal tells the decoders, too, and one of us is enough to say it */
	if (getpid() == owner && write(2, message, strlen(message)) < 0)
		return; /* nobody reads it */
}

void unbroken_begin(const char *what, const char *then)
{
	if (depth++ > 0)
		return;
	struct sigaction action = {.sa_handler = on_interrupt, .sa_flags = SA_RESTART};
	snprintf(message, sizeof message, "airgap-verify: interrupt: %s is brought to its end first, so that it stays whole; "
		 "once more breaks off (then: %s)\n", what, then);
	owner = getpid();
	interrupts = 0;
	sigaction(SIGINT, &action, &before);
}

void unbroken_end(void)
{
	if (--depth == 0)
		sigaction(SIGINT, &before, NULL);
}
