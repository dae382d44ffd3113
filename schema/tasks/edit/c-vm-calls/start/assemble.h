#ifndef ASSEMBLE_H
#define ASSEMBLE_H

#include <stddef.h>
#include <stdint.h>

enum { ASSEMBLE_LABELS = 16, ASSEMBLE_LABEL = 12 };

enum assemble_result { ASSEMBLE_OK, ASSEMBLE_SYNTAX, ASSEMBLE_NUMBER, ASSEMBLE_LABEL_UNKNOWN, ASSEMBLE_LABEL_TWICE, ASSEMBLE_FAR, ASSEMBLE_FULL };

/* A line is "label:", "operation" or "operation operand"; words are separated by blanks; empty lines are
 * allowed. The code goes to `code` of `size` bytes, its length to *ret_n. On failure, *ret_line is the
 * number of the line (from 1). */
enum assemble_result assemble(const char *source, uint8_t *code, size_t size, size_t *ret_n, int *ret_line);

#endif
