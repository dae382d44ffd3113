#ifndef CUT_H
#define CUT_H

#include <stddef.h>

size_t utf8_cut(char *buf, size_t size, unsigned width, const char *text, size_t n, unsigned *ret_width);

#endif
