/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CLI_BUNDLE_CMMC_H
#define CLI_BUNDLE_CMMC_H

#include "core/error.h"

/* NAME.cmmc/PROFILE/ beside the bundle NAME of the folder `to`: the hash logs of CMMC for a
 * bundle that is unpacked at `root`, in each profile (report/cmmc_log.h). */
enum status bundle_cmmc_write(int to, const char *name, const char *root, struct error *err) MUST_CHECK;

#endif
