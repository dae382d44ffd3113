#ifndef SLOTS_H
#define SLOTS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { SLOTS = 200 };

struct slots;

struct slots *slots_make(void);
void slots_free(struct slots *s); /* NULL is allowed */

uint32_t slots_add(struct slots *s, int64_t value);
bool slots_remove(struct slots *s, uint32_t handle);
int64_t *slots_get(struct slots *s, uint32_t handle);
size_t slots_count(const struct slots *s);

#endif
