/* SPDX-License-Identifier: Apache-2.0 */
#ifndef INGEST_NET_LOG_SPLIT_H
#define INGEST_NET_LOG_SPLIT_H

/*
 * A net-log, which is one JSON document of any size, a part at a time: its constants, and
 * each of its events. Only what is needed to tell where a part ends is looked at here.
 */

#include "ingest/input.h"

enum {
	NET_LOG_PART_MAX = 1 << 20, /* of the constants, and of an event */
	NET_LOG_KEY_MAX = 16,
};

enum net_log_part {
	NET_LOG_END, /* there is nothing more */
	NET_LOG_CONSTANTS,
	NET_LOG_EVENT,
};

struct net_log_split {
	unsigned depth;  /* of objects and arrays that are open */
	bool in_string, escaped, in_events;
	enum net_log_part part; /* that is being kept; NET_LOG_END: none */
	size_t key_size;
	unsigned char key[NET_LOG_KEY_MAX]; /* the last string of the document itself */
	bool too_long;
	size_t used;
	unsigned char bytes[NET_LOG_PART_MAX];
};

/* The next part. It is not `ret_whole` where the file ends within it, or may. One that is
 * too long is empty. The slice stays until the next call. */
enum net_log_part net_log_next(struct net_log_split *s, struct input *in, struct slice *ret, bool *ret_whole,
			       bool *ret_too_long);

#endif
