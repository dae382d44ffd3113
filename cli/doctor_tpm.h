/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CLI_DOCTOR_TPM_H
#define CLI_DOCTOR_TPM_H

#include "core/json.h"

/* Is there a TPM that heads of evidence could be kept in: the one that the machine's policy names, else
 * the first? It is asked what the register holds, and nothing is changed. A line for people, or the key
 * "tpm". */
void doctor_tpm_text(struct text *t);
void doctor_tpm_json(struct json *j);

#endif
