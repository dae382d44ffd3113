/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CORE_WINDOWS_PRIVATE_H
#define CORE_WINDOWS_PRIVATE_H

/*
 * Who may read what we write: what mode 0700 or 0600 says elsewhere.
 */

/* A security descriptor that grants everything to the user of this process (also
 * without administrator rights), to administrators and to the system, and nothing to
 * anybody else; what is made below inherits it. Owned here, made once; NULL where
 * Windows refuses, and then what is made inherits from the folder around it. */
void *private_descriptor(void);

#endif
