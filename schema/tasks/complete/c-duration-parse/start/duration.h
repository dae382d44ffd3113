#ifndef DURATION_H
#define DURATION_H

#include <stddef.h>
#include <stdint.h>

enum duration_result { DURATION_OK, DURATION_MALFORMED, DURATION_TOO_LONG };

enum duration_result duration_parse(const char *text, size_t n, uint64_t *ret);

#endif
