/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CLI_POLICY_FILE_H
#define CLI_POLICY_FILE_H

#include "analysis/policy.h"
#include "core/text.h"

/* Reads the policy `given` by --policy, or the user's
 * (~/.config/airgap-verify/policy.ini), or the machine's
 * (/etc/airgap-verify/policy.ini); where there is none, the default. `ret_text`
 * gets its bytes added, which go into the session folder. */
enum status policy_file_load(const char *given, struct text *ret_text, struct policy *ret,
			     struct error *err) MUST_CHECK;

#endif
