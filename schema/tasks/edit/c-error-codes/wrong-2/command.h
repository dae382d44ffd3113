#ifndef COMMAND_H
#define COMMAND_H

#include "store.h"

/* "set KEY VALUE", "get KEY", "remove KEY", with one space between. STATUS_MALFORMED if the line is none of these,
 * else what the store says. */
enum status command_run(struct store *s, const char *line, const char **ret_value);

#endif
