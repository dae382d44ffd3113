/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CORE_CAPTURE_NAME_H
#define CORE_CAPTURE_NAME_H

/*
 * What the files of a session's capture are called: capture.pcapng, and where it was
 * rotated capture-2.pcapng, capture-3.pcapng and so on (airgap-verify-formats(5)).
 */

#include "core/clock.h"

/* When another one is begun, where nobody says otherwise: small enough for any tool that
 * opens one, and in most sessions the first is the only one. */
#define CAPTURE_ROTATE_BYTES (UINT64_C(1) << 30)
#define CAPTURE_ROTATE_NS (6 * 3600 * CLOCK_SECOND)

enum {
	CAPTURE_FILES_MAX = 512, /* of one session; the last one grows on */
	CAPTURE_NAME_MAX = 24,
};

/* `number` from 1 to CAPTURE_FILES_MAX. */
void capture_name(unsigned number, char ret[static CAPTURE_NAME_MAX]);

/* The number of the file of that name; 0: it is none of a capture. */
unsigned capture_number(struct slice name);

#endif
