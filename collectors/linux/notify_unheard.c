/* SPDX-License-Identifier: Apache-2.0 */
#include "collectors/linux/notify_unheard.h"

#include "core/clock.h"

#include <errno.h>
#include <string.h>

void notify_unheard_keep(struct notify_unheard *u, const struct seccomp_notif *request, int64_t value, bool sent)
{
	size_t slot = request->pid % NOTIFY_UNHEARD_MAX;
	/* of what was not done, or broken off, there is nothing to be told */
	if (value == -ECANCELED || value == -EINTR)
		return;
	u->at[slot].tid = request->pid;
	u->at[slot].data = request->data;
	u->at[slot].value = value;
	u->at[slot].mono_ns = clock_mono();
	u->at[slot].sent = sent;
}

static bool is_same(const struct notify_unheard *u, const struct seccomp_notif *request)
{
	size_t slot = request->pid % NOTIFY_UNHEARD_MAX;
	return u->at[slot].tid == request->pid && !memcmp(&u->at[slot].data, &request->data, sizeof request->data) &&
	       clock_mono() - u->at[slot].mono_ns < CLOCK_SECOND;
}

bool notify_unheard_take(struct notify_unheard *u, const struct seccomp_notif *request, int64_t *ret)
{
	size_t slot = request->pid % NOTIFY_UNHEARD_MAX;
	if (u->at[slot].sent || !is_same(u, request))
		return false;
	u->at[slot].tid = 0;
	*ret = u->at[slot].value;
	return true;
}

bool notify_unheard_connected(const struct notify_unheard *u, const struct seccomp_notif *request)
{
	return is_same(u, request) && u->at[request->pid % NOTIFY_UNHEARD_MAX].value == 0;
}
