/* SPDX-License-Identifier: Apache-2.0 */
#ifndef COLLECTORS_LINUX_MORE_RIGHTS_H
#define COLLECTORS_LINUX_MORE_RIGHTS_H

#include <stddef.h>

/* How to have the rights of the full tier on this machine, as a remedy: by sudo, or by the script
 * `rights` where it lies in `libexec` (LIBEXECDIR), or by the group that was granted them already.
 * At most `capacity` bytes, its end included. */
void more_rights(const char *libexec, char *ret, size_t capacity);

#endif
