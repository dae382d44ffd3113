#ifndef RUN_H
#define RUN_H

#include <stddef.h>
#include <stdint.h>

enum { RUN_STACK = 32, RUN_CALLS = 16 };

enum run_result { RUN_HALTED, RUN_STEPS, RUN_CODE, RUN_OVERFLOW, RUN_UNDERFLOW, RUN_DEPTH, RUN_RETURN };

/* Runs at most `steps` operations. Numbers wrap around at 32 bits. The code's end is no halt: running past it
 * is RUN_CODE. What `out` takes off the stack is handed to `print`. */
enum run_result run(const uint8_t *code, size_t n, long steps, void (*print)(int32_t number, void *context), void *context);

#endif
