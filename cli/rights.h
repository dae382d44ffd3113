/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CLI_RIGHTS_H
#define CLI_RIGHTS_H

#include "core/error.h"

/* Gives up for good what this process was started with, once whatever needs it runs on
 * its own: from here on it is the person who asked. */
enum status rights_give_up(struct error *err) MUST_CHECK;

#endif
