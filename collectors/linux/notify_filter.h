/* SPDX-License-Identifier: Apache-2.0 */
#ifndef COLLECTORS_LINUX_NOTIFY_FILTER_H
#define COLLECTORS_LINUX_NOTIFY_FILTER_H

/*
 * The filter under which a command of the unprivileged tier runs (seccomp(2),
 * seccomp_unotify(2)): every call that can name another machine, or make a socket that
 * needs no such call, stops and asks. Nothing that it lets through by itself depends on
 * memory, which another thread could change.
 */

#include <linux/filter.h>
#include <linux/seccomp.h>
#include <stdbool.h>
#include <stddef.h>

enum { NOTIFY_FILTER_MAX = 224 /* instructions */ };

/* Fills in the program; its length. */
size_t notify_filter(struct sock_filter ret[static NOTIFY_FILTER_MAX]);

/* Is it a call of this machine's own kind? Those of others (i386, x32) have numbers of
 * their own and are all refused. */
bool notify_is_native(const struct seccomp_data *d);

#endif
