/* SPDX-License-Identifier: Apache-2.0 */
#ifndef REPORT_CMMC_LOG_H
#define REPORT_CMMC_LOG_H

/*
 * The two logs by which CMMC artefacts are hashed: one of all files below the root of the
 * evidence, and one of that log. They lie outside of the root. How the script of the DoD
 * writes them depends on the system it runs on: hence profiles. The organisation runs that
 * script last, over the frozen folder; these show what it should say.
 */

#include "core/text.h"
#include "report/manifest.h"

enum cmmc_profile { CMMC_PS7_POSIX, CMMC_PS7_WINDOWS, CMMC_PS51, CMMC_PROFILES };

/* "ps7-posix", "ps7-windows", "ps51" */
const char *cmmc_profile_name(enum cmmc_profile p);

/* Is this an absolute path of the system that the profile is of? */
bool cmmc_profile_takes(enum cmmc_profile p, const char *root);

#define CMMC_ARTIFACTS "CMMCAssessmentArtifacts.log"
#define CMMC_LOG_HASH "CMMCAssessmentLogHash.log"

/* Adds the log of some files below `root` (an absolute path of that system, without a
 * separator at its end). */
void cmmc_log_write(enum cmmc_profile p, const char *root, const struct manifest_file files[], size_t count,
		    struct text *out);

#endif
