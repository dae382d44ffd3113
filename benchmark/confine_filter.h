/* SPDX-License-Identifier: Apache-2.0 */
#ifndef BENCHMARK_CONFINE_FILTER_H
#define BENCHMARK_CONFINE_FILTER_H

#include "core/error.h"
#include "core/text.h"

enum { CONFINE_FILTER_MAX = 1 << 16 };

/* The seccomp filter of the sandbox as a BPF program for this machine: system calls that
 * code of a task has no use for and that reach the kernel's rarer corners are refused with
 * EPERM, as are sockets that are not AF_UNIX and calls of another architecture. `ret`
 * gets it added. */
enum status confine_filter(struct text *ret, struct error *err) MUST_CHECK;

#endif
