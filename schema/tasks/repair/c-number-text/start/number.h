#ifndef NUMBER_H
#define NUMBER_H

#include <stddef.h>
#include <stdint.h>

enum { NUMBER_TEXT = 68 }; /* enough for each number in each base, with its NUL */

/* `value` in base 2 to 36, digits 0-9a-z, with '-' in front if it is negative and no
 * other sign; returns the length. */
size_t number_text(char buf[NUMBER_TEXT], int64_t value, int base);

/* As above in base 10, with a ' between groups of three digits: -1'234'567. */
size_t number_grouped(char buf[NUMBER_TEXT], int64_t value);

/* `hundredths` as "12.34", "-0.05". */
size_t number_hundredths(char buf[NUMBER_TEXT], int64_t hundredths);

#endif
