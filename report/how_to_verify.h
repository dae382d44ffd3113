/* SPDX-License-Identifier: Apache-2.0 */
#ifndef REPORT_HOW_TO_VERIFY_H
#define REPORT_HOW_TO_VERIFY_H

/*
 * HOW_TO_VERIFY.txt: how somebody who has nothing of ours checks a sealed folder.
 */

#include "report/manifest.h"

#define HOW_TO_VERIFY_FILE "HOW_TO_VERIFY.txt"

enum { HOW_TO_VERIFY_MAX = 64 * 1024 };

void how_to_verify_write(const struct manifest_facts *facts, struct text *out);

#endif
