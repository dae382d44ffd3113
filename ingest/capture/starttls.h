/* SPDX-License-Identifier: Apache-2.0 */
#ifndef INGEST_CAPTURE_STARTTLS_H
#define INGEST_CAPTURE_STARTTLS_H

#include "core/cursor.h"

/* Does the front of what a client sent ask for TLS in the protocol at hand? Then the
 * bytes up to the end of the request, behind which a ClientHello may begin; else 0.
 * `ret_app` names the protocol where the request alone tells, else it is left. */
size_t starttls_request(struct slice stream, const char **ret_app);

#endif
