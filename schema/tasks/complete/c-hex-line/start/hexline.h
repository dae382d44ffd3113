#ifndef HEXLINE_H
#define HEXLINE_H

#include <stddef.h>
#include <stdint.h>

size_t hex_line(char *buf, size_t size, uint32_t offset, const uint8_t *data, size_t n);

#endif
