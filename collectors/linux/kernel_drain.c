/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What the kernel programs tell: records in the ring, attempts held back in slots of the
 * shared memory, counters. Both sides go on meanwhile.
 */
#include "collectors/linux/kernel_state.h"

#include <errno.h>
#include <sys/epoll.h>

int kernel_drain_record(void *context, void *record, size_t size)
{
	struct kernel_programs *k = context;
	k->record(k->context, record, size);
	return --k->left == 0 ? -E2BIG : 0;
}

int kernel_wake(const struct kernel_programs *k)
{
	return k->wake;
}

int kernel_drain(struct kernel_programs *k, size_t max, kernel_record_fn *record, void *context)
{
	k->record = record;
	k->context = context;
	k->left = max;
	struct epoll_event e;
	while (epoll_wait(k->wake, &e, 1, 0) > 0)
		; /* taken note of */
	int code = ring_buffer__consume(k->ring);
	return code < 0 && code != -E2BIG ? code : 0;
}

/* Takes the telling over from the kernel side; false: it was quicker. */
static bool take_over(struct slot *slot)
{
	uint32_t held = SLOT_HELD;
	return __atomic_compare_exchange_n(&slot->state, &held, SLOT_TOLD, false, __ATOMIC_SEQ_CST,
					   __ATOMIC_SEQ_CST);
}

uint64_t kernel_drain_held(struct kernel_programs *k, uint64_t before_ns, kernel_record_fn *record,
			   void *context)
{
	uint64_t lost = 0;
	for (size_t i = 0; i < SLOT_COUNT; i++) {
		struct slot *slot = &k->slots[i];
		if (__atomic_load_n(&slot->state, __ATOMIC_ACQUIRE) != SLOT_HELD)
			continue;
		uint64_t owner = __atomic_load_n(&slot->owner, __ATOMIC_ACQUIRE);
		uint64_t since = slot->attempt.head.mono_ns;
		if (since >= before_ns || !take_over(slot))
			continue;
		struct event_attempt copy = slot->attempt;
		/* its thread may have left the call and another one come in meanwhile */
		if (__atomic_load_n(&slot->owner, __ATOMIC_ACQUIRE) != owner ||
		    copy.head.mono_ns != since) {
			lost++;
			continue;
		}
		copy.has |= ATTEMPT_OPEN;
		record(context, &copy, sizeof copy);
	}
	return lost;
}

uint64_t kernel_shared(const struct kernel_programs *k, unsigned which)
{
	return __atomic_load_n(&k->shared[which], __ATOMIC_RELAXED);
}
