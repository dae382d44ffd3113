/* SPDX-License-Identifier: Apache-2.0 */
#ifndef COLLECTORS_LINUX_NOTIFY_AGAIN_H
#define COLLECTORS_LINUX_NOTIFY_AGAIN_H

/*
 * Calls that are made again. Where a signal ends the caller's waiting it may make the call
 * anew before the first one is done, or after an answer that nobody heard
 * (collectors/linux/notify_unheard.h). With a filter for which signals wait (`killable`)
 * there are none, and nothing is done here.
 */

#include "collectors/linux/notify_serve.h"

/* Before the call at hand is done: true where it was done before, with what it returned
 * then, or where nobody waits for it any more (-ECANCELED). Waits while another thread is
 * at the same call. notify_again_end() is due afterwards. */
bool notify_again_done(struct notify_worker *w, int64_t *ret);

/* What a call that was done is answered, in place of `value`: a connection that is there
 * already was made by a call whose answer the kernel took and did not hand on. */
int64_t notify_again_mend(struct notify_worker *w, int64_t value);

/* The call at hand was answered with `value`; `sent`: the kernel took the answer. */
void notify_again_end(struct notify_worker *w, bool sent, int64_t value);

#endif
