/* SPDX-License-Identifier: Apache-2.0 */
#ifndef PACKAGING_COMPLETION_VALUE_H
#define PACKAGING_COMPLETION_VALUE_H

/*
 * What a shell can offer where a command line wants a value: told from the word that the
 * help shows for it, and for words of a table from that table itself.
 */

#include "cli/command.h"
#include "core/text.h"

struct value {
	bool files, folders, pids, command;
	bool named;    /* the file may have NAME= in front */
	bool sessions; /* names of folders below airgap-sessions/ */
	bool ids;      /* the identifiers at the end of these names */
	bool list;     /* of the words, with commas between */
	bool open;     /* the words are beginnings: more follows without a blank */
	struct text words; /* owned: one a line */
};

/* Of an option of `c`; of one that all commands take, where `c` is NULL. Free it in any case. */
void value_of_option(const struct command *c, const struct argument *a, struct value *ret);

/* Of what is no option, as the usage of `c` tells. */
void value_of_rest(const struct command *c, struct value *ret);

void value_free(struct value *v);

/* Steps through the words; false behind the last. Start with a cursor over their text. */
bool value_next(struct cursor *words, struct slice *ret);

#define AUTO_VALUE __attribute__((cleanup(value_free)))

#endif
