/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CLI_ANNOUNCE_H
#define CLI_ANNOUNCE_H

/*
 * A time stamp lies beside a seal and nothing lists it: that one belongs to it, only the seal
 * itself can say, and it is older. So a seal that does not say it is made anew before a stamp is
 * asked for, by the key that made it.
 */

#include "core/error.h"

#include <stdbool.h>

struct announce_request {
	const char *path; /* of the folder, which verifies */
	int folder;
	const char *verdict;	 /* as its seal has it; NULL: not known */
	const char *fingerprint; /* of the seal's certificate, in hex */
	const char *key, *certificate, *passphrase_file; /* as signer_get() has them */
};

/* Does the seal say that a stamp follows it? */
bool announce_is_made(int folder);

/* `ret_done`: the seal was made anew. Else `ret_why`, where the stamp would leave no trace, says
 * why it was left as it is; NULL: it says already that a stamp follows, or there is one. */
enum status announce(const struct announce_request *r, bool *ret_done, const char **ret_why, struct error *err) MUST_CHECK;

/* Takes it back, where nobody got the question. */
enum status announce_undo(const struct announce_request *r, struct error *err) MUST_CHECK;

#endif
