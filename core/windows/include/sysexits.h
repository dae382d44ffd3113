/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CORE_WINDOWS_INCLUDE_SYSEXITS_H
#define CORE_WINDOWS_INCLUDE_SYSEXITS_H

/* sysexits.h(3head), which MinGW lacks: the exit status is the same everywhere. */

enum {
	EX_OK = 0,
	EX_USAGE = 64,
	EX_DATAERR = 65,
	EX_NOINPUT = 66,
	EX_UNAVAILABLE = 69,
	EX_SOFTWARE = 70,
	EX_CANTCREAT = 73,
	EX_IOERR = 74,
	EX_TEMPFAIL = 75,
	EX_NOPERM = 77,
	EX_CONFIG = 78,
};

#endif
