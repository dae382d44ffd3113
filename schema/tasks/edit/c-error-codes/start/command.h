#ifndef COMMAND_H
#define COMMAND_H

#include "store.h"

/* "set KEY VALUE", "get KEY", "remove KEY", with one space between. 0, or -1 if the line is none of these
 * or the store could not do it. */
int command_run(struct store *s, const char *line, const char **ret_value);

#endif
