/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Would the unprivileged tier work here? Tried with a process that does nothing.
 */
#include "collectors/linux/notify_probe.h"

#include "collectors/linux/notify_enter.h"
#include "collectors/posix/channel.h"
#include "core/auto.h"
#include "core/privilege.h"

#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/wait.h>

/* Stays until the other end is closed, for its listener is taken out of it. */
static _Noreturn void be_command(int orders, int result)
{
	struct notify_entered entered;
	char byte;
	notify_enter(orders, &entered);
	if (write(result, &entered, sizeof entered) == sizeof entered && read(result, &byte, 1) != 0)
		_exit(1);
	_exit(0);
}

static enum status try_with(int orders[2], int result[2], struct error *err)
{
	struct notify_entered entered;
	AUTO_FD int listener = -1;
	pid_t canary, pid = fork();
	if (pid == 0) {
		close(orders[0]);
		close(result[0]);
		be_command(orders[1], result[1]);
	}
	/* or nobody would hear that it is gone */
	auto_close(&orders[1]);
	auto_close(&result[1]);
	orders[1] = result[1] = -1;
	enum status status = OK;
	if (pid < 0 || channel_take(result[0], &entered, sizeof entered, true) != CHANNEL_RECORD)
		status = fail(err, ERR_UNAVAILABLE, "cannot start a process");
	else if (entered.code)
		status = fail(err, ERR_UNAVAILABLE, "no filter that asks: %s", strerror(entered.code));
	else
		status = notify_fetch(pid, &entered, orders[0], &listener, &canary, err);
	shutdown(result[0], SHUT_RDWR);
	shutdown(orders[0], SHUT_RDWR);
	if (pid > 0)
		waitpid(pid, NULL, 0);
	return status;
}

enum status notify_try(struct error *err)
{
	int orders[2] = {-1, -1}, result[2] = {-1, -1};
	struct invoker who;
	enum status status = privilege_invoker(&who, err);
	if (!status && who.uid == 0)
		status = fail(err, ERR_UNAVAILABLE, "a command that runs as root could get round it");
	if (!status)
		status = channel_open(orders, err);
	if (!status)
		status = channel_open(result, err);
	if (!status)
		status = try_with(orders, result, err);
	for (int i = 0; i < 2; i++) {
		auto_close(&orders[i]);
		auto_close(&result[i]);
	}
	return status;
}

void notify_probe(struct probe *ret)
{
	struct error err = {0};
	ret->works = !notify_try(&err);
	snprintf(ret->detail, sizeof ret->detail, "%s",
		 ret->works ? "calls of a command that runs as you can be answered; sudo inside of it will not work" : err.text);
	if (!ret->works)
		snprintf(ret->remedy, sizeof ret->remedy,
			 "an ordinary user, and Linux 5.9 or later; in a container, a profile that allows seccomp and pidfd_getfd");
}
