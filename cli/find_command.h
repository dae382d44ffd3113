/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CLI_FIND_COMMAND_H
#define CLI_FIND_COMMAND_H

#include "core/error.h"

/* Would this command be found and may it be executed, as execvp() looks for it?
 * Asked before anything is made, so that a typing error leaves no folder. */
enum status find_command(const char *name, struct error *err) MUST_CHECK;

#endif
