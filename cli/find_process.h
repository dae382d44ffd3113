/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CLI_FIND_PROCESS_H
#define CLI_FIND_PROCESS_H

#include "core/error.h"

/* Is there a process of the number `pid` says, in decimal? Asked before anything is made: a watch
 * of nobody sees nothing, and would last until somebody ends it. */
enum status find_process(const char *pid, struct error *err) MUST_CHECK;

#endif
