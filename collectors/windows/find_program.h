/* SPDX-License-Identifier: Apache-2.0 */
#ifndef COLLECTORS_WINDOWS_FIND_PROGRAM_H
#define COLLECTORS_WINDOWS_FIND_PROGRAM_H

#include "core/file.h"

/* Where a command lies: its name as it is where that holds a folder, else in the folders
 * of PATH (never in the current one); with the endings of PATHEXT behind it, or as it is
 * where it ends in one of them. In UTF-8. */
enum status find_program(const char *command, char ret[static FILE_PATH_MAX],
			 struct error *err) MUST_CHECK;

#endif
