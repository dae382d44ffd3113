/* SPDX-License-Identifier: Apache-2.0 */
#ifndef INGEST_CONTAINER_LINE_H
#define INGEST_CONTAINER_LINE_H

/*
 * The wrap that the runtimes of containers put around each line of output:
 *
 *   Docker's json-file  {"log":"LINE\n","stream":"stdout","time":"RFC 3339"}
 *   CRI (Kubernetes)    TIME stdout|stderr F|P[:…] LINE
 */

#include "core/cursor.h"

/* Takes the wrap off. False, and nothing is written, where there is none, or where a
 * line of `capacity` bytes has no room for what is inside. `ret` points into the
 * line or `buffer`. */
bool container_line(struct slice line, char *buffer, size_t capacity, struct slice *ret);

#endif
