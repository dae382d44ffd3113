/* SPDX-License-Identifier: Apache-2.0 */
#ifndef COLLECTORS_WINDOWS_GRAPHICS_H
#define COLLECTORS_WINDOWS_GRAPHICS_H

/*
 * What this machine has for models.
 */

#include "core/json.h"

/* "memory_bytes", and "gpus" with the name and memory of each adapter whose driver says. */
void graphics_add(struct json *j);

#endif
