/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CLI_SEAL_WORDS_H
#define CLI_SEAL_WORDS_H

/*
 * What a seal tells of its session, out of the session's database; and who seals it, where.
 */

#include "cli/site.h"
#include "report/seal.h"

enum { SEAL_WORD_MAX = 512 };

struct seal_words {
	struct site site;
	char id[SEAL_WORD_MAX], watched[SEAL_WORD_MAX], verdict[16], derived[HASH_TEXT_MAX];
	char subject[SIGNING_SUBJECT_MAX + 1], host[256];
	struct seal_facts facts; /* points into what stands before; not to be copied */
};

/* `verdict`: as it was judged; `reason`: for the custody log, NULL for none. */
enum status seal_words_read(struct store *store, const char *verdict, const char *reason, struct seal_words *ret,
			    struct error *err) MUST_CHECK;

#endif
