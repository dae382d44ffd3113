/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CORE_WINDOWS_OPEN_AT_H
#define CORE_WINDOWS_OPEN_AT_H

/*
 * openat(2) for Windows: a name relative to an open folder, which only the native
 * interface knows (NtCreateFile with a RootDirectory). What replaces a folder's name
 * meanwhile does not lead us elsewhere.
 */

#include "core/error.h"

#include <windows.h>

struct open_at {
	ACCESS_MASK access;  /* SYNCHRONIZE is added */
	ULONG share;         /* FILE_SHARE_… */
	ULONG disposition;   /* FILE_OPEN, FILE_CREATE, FILE_OPEN_IF, … of the native interface */
	ULONG options;       /* FILE_DIRECTORY_FILE, FILE_NON_DIRECTORY_FILE or 0 */
	bool private_to_us;  /* what is made is for its user, administrators and the system */
	bool follow;         /* a link or a junction as the last component */
};

/* `dirfd`: a folder's descriptor, or AT_FDCWD; with the latter, or with a full path,
 * the name is one as Windows takes it, of any length. '/' separates as well. A link or a
 * junction as the last component that is not to be followed is ERROR_CANT_ACCESS_FILE.
 * Returns 0 and a handle that the caller closes, or a code for fail_windows(). */
DWORD open_at(int dirfd, const char *path, const struct open_at *how, HANDLE *ret);

/* The handle as a descriptor of the C library, which owns it from then on; closes it
 * and returns -1 where there is none left. `flags`: _O_RDONLY or _O_APPEND. */
int open_at_descriptor(HANDLE handle, int flags);

/* Renames an open file (DELETE access) within `dirfd`, over what bears that name. */
DWORD open_at_rename(HANDLE handle, int dirfd, const char *name);

/* Removes an open file (DELETE access) once it is closed. */
DWORD open_at_remove(HANDLE handle);

#endif
