/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CLI_UNBROKEN_H
#define CLI_UNBROKEN_H

/*
 * Between the first document that is replaced and the seal over all of them, and while a bundle is
 * put together, what lies there is neither the old nor the new. So a first interrupt (Ctrl-C) waits
 * until it is whole, and says so; a second one breaks off. SIGTERM and SIGHUP are as they were.
 */

/* From here on, for this process and not its children. `what` is being written; `then` is what
 * is to be done where it is broken off. Both are copied, and cut where they are very long. Within
 * another one it changes nothing, and each has its unbroken_end(). */
void unbroken_begin(const char *what, const char *then);

/* As before unbroken_begin(). An interrupt that came meanwhile stays without effect. */
void unbroken_end(void);

#endif
