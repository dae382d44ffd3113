/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What a call points to is copied, and that it is whose it seems is made certain along with it.
 */
#include "collectors/linux/notify_call.h"

#include "collectors/linux/notify_serve.h"

#include <errno.h>
#include <string.h>

void notify_asked_by(struct notify_call *c, const struct notify_known *k)
{
	c->record.who = k->who;
	c->process = k->process;
	c->folder = k->folder;
	c->mark = &k->mark;
}

bool notify_certain(struct notify_call *c)
{
	if (c->certain)
		return true;
	const struct notify_known *k = notify_look(c->worker);
	if (!k)
		return false;
	notify_asked_by(c, k);
	c->certain = true;
	return true;
}

int notify_copy(struct notify_call *c, const struct notify_piece pieces[], size_t count)
{
	struct notify_piece all[NOTIFY_PIECES_MAX];
	unsigned char bytes[NOTIFY_MARK_BYTES];
	memcpy(all, pieces, count * sizeof *pieces);
	if (c->certain)
		return notify_read_all((pid_t)c->request->pid, all, count);
	all[count] = (struct notify_piece){c->mark->at, bytes, sizeof bytes};
	if (notify_read_all((pid_t)c->request->pid, all, count + 1) == 0 && !memcmp(bytes, c->mark->bytes, sizeof bytes)) {
		c->certain = true;
		return 0;
	}
	/* by somebody else, or the bytes are gone: a look, and then what is still to be read */
	return notify_certain(c) ? notify_read_all((pid_t)c->request->pid, all, count) : ECANCELED;
}
