/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CLI_PASSPHRASE_H
#define CLI_PASSPHRASE_H

/*
 * Where the passphrase of a key, or the PIN of a token, comes from: the first line of a file
 * that only its owner may read, else the terminal, unseen. Never the command line, which
 * every process sees.
 */

#include "report/signing.h"

/* `file`: NULL for the one that AIRGAP_VERIFY_PASSPHRASE_FILE names, if any. */
struct signing_passphrase passphrase_from(const char *file);

#endif
