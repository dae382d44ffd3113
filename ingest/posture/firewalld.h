/* SPDX-License-Identifier: Apache-2.0 */
#ifndef INGEST_POSTURE_FIREWALLD_H
#define INGEST_POSTURE_FIREWALLD_H

/*
 * What the files of firewalld have in common: small XML, as it is kept on the disk. Whether
 * it is in force they do not tell.
 */

#include "ingest/posture/posture.h"
#include "ingest/xml.h"

/* The value of an attribute of a start, as it stands; empty where there is none. */
struct slice firewalld_attribute(const struct xml_token *t, const char *name);

/* Behind the last token: text that is broken is told as not understood. */
enum status firewalld_end(struct posture *p, enum xml_kind kind, const struct xml_token *t, struct slice text,
			  struct error *err) MUST_CHECK;

#endif
