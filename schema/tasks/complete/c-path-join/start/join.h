#ifndef JOIN_H
#define JOIN_H

#include <stdbool.h>
#include <stddef.h>

bool path_join(char *buf, size_t size, const char *dir, const char *name);

#endif
