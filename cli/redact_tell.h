/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CLI_REDACT_TELL_H
#define CLI_REDACT_TELL_H

/*
 * What `redact` came to, in words.
 */

#include "cli/command.h"
#include "cli/original.h"
#include "redact/copy.h"
#include "redact/leftover.h"

struct redact_settings {
	struct common common;
	const char *output, *secret, *key, *certificate, *passphrase_file;
	struct argument_list keep;
	bool keep_endpoints, dry_run;
};

struct redact_judgement {
	char verdict[16];
	struct text findings; /* owned: how many of each check */
};

struct redacting {
	struct original original;
	struct copy copy;
	struct secret *secret; /* owned */
	bool secret_made;
	char secret_path[FILE_PATH_MAX], key[FILE_PATH_MAX], certificate[FILE_PATH_MAX];
	struct text subject; /* owned: of the certificate */
	struct redact_judgement before, after;
	struct leftovers left;
};

void redact_tell(const struct redact_settings *s, const struct redacting *r, const char *original);

#endif
