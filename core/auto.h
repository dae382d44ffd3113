/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CORE_AUTO_H
#define CORE_AUTO_H

/*
 * Handles that close themselves at the end of their scope. Ownership leaves a
 * scope only by TAKE(), which empties the variable: `return TAKE(&fd)`.
 */

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#define AUTO(cleanup_function) __attribute__((cleanup(cleanup_function)))

static inline void auto_close(int *fd)
{
	if (*fd >= 0)
		close(*fd);
}

static inline void auto_fclose(FILE **file)
{
	if (*file)
		fclose(*file);
}

static inline void auto_closedir(DIR **dir)
{
	if (*dir)
		closedir(*dir);
}

static inline void auto_free(void *variable)
{
	free(*(void **)variable);
}

#define AUTO_FD AUTO(auto_close)
#define AUTO_FILE AUTO(auto_fclose)
#define AUTO_DIR AUTO(auto_closedir)
#define AUTO_FREE AUTO(auto_free)

static inline int take_fd(int *fd)
{
	int taken = *fd;
	*fd = -1;
	return taken;
}

#define TAKE(pointer)                                                                              \
	__extension__({                                                                            \
		__typeof__(*(pointer)) taken_ = *(pointer);                                        \
		*(pointer) = NULL;                                                                 \
		taken_;                                                                            \
	})

#endif
