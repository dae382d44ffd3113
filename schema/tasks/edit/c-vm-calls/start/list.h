#ifndef LIST_H
#define LIST_H

#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

/* One operation a line: "ADDRESS NAME" and its operand: a number, or the address that a jump leads to. A byte that is no
 * operation is "ADDRESS ?", and the listing goes on behind it; so is an operation that the code's end cuts off, which ends it. */
void list(const uint8_t *code, size_t n, FILE *to);

#endif
