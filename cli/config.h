/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CLI_CONFIG_H
#define CLI_CONFIG_H

#include "core/file.h"

/* $XDG_CONFIG_HOME/airgap-verify/NAME, or the same below ~/.config. False where
 * there is no home. */
bool config_path(const char *name, char ret[static FILE_PATH_MAX]);

/* Makes the folder that config_path() names, with those above it. */
enum status config_make(struct error *err) MUST_CHECK;

#endif
