/* SPDX-License-Identifier: Apache-2.0 */
#ifndef COLLECTORS_LINUX_ISOLATE_LINK_H
#define COLLECTORS_LINUX_ISOLATE_LINK_H

/*
 * The links and routes of a network namespace (rtnetlink(7)), by sockets that were made in
 * it, wherever they are used from.
 */

#include "core/error.h"

enum { ISOLATE_LINK_NAME_MAX = 64 };

/* What leads elsewhere than to the loopback. */
struct isolate_links {
	unsigned others_up; /* links besides the loopback that are up */
	unsigned routes;    /* routes over another link than the loopback */
	char first[ISOLATE_LINK_NAME_MAX]; /* of these; "": none */
};

/* The sockets, with flags for inheritance off; -1 where that fails. */
int isolate_link_ask_open(void);
int isolate_link_news_open(void);

/* Asks for all links and routes there are now. */
enum status isolate_link_look(int ask, struct isolate_links *ret, struct error *err) MUST_CHECK;

/* Adds what was told since; false where the kernel could not tell all. */
bool isolate_link_hear(int news, struct isolate_links *sum);

#endif
