#ifndef FLAGS_H
#define FLAGS_H

#include <stdbool.h>
#include <stdint.h>

/* A set of the numbers 0 to 63: bit n of `bits` is set if n is in it. Numbers below 0
 * or above 63 are in no set; adding or removing one changes nothing. */
struct flags {
	uint64_t bits;
};

void flags_add(struct flags *f, int n);
void flags_remove(struct flags *f, int n);
bool flags_has(const struct flags *f, int n);

/* Adds all numbers from `first` to `last`, both included, that can be in a set. */
void flags_add_range(struct flags *f, int first, int last);

int flags_count(const struct flags *f);

/* The least number in the set that is greater than `n`, or -1. With -1 or less: the least of all. */
int flags_next(const struct flags *f, int n);

#endif
