#ifndef SUMS_H
#define SUMS_H

#include <stddef.h>
#include <stdint.h>

enum { SUM_DEPTH = 50 };

enum sum_result { SUM_OK, SUM_SYNTAX, SUM_DEEP, SUM_RANGE, SUM_DIVIDE, SUM_NEGATIVE };

enum sum_result sum_value(const char *text, size_t n, int64_t *ret, size_t *ret_at);

#endif
