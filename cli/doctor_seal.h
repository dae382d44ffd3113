/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CLI_DOCTOR_SEAL_H
#define CLI_DOCTOR_SEAL_H

#include "core/json.h"

/* What a session would be sealed with here, as the machine's policy has it: the signing key, and
 * the authority that stamps its time. Nobody is asked for a passphrase, a token or a stamp. Lines
 * for people, or the keys "signing_key" and "time_stamp". */
void doctor_seal_text(struct text *t);
void doctor_seal_json(struct json *j);

#endif
