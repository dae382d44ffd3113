/* SPDX-License-Identifier: Apache-2.0 */
#ifndef ANALYSIS_HARDCODED_H
#define ANALYSIS_HARDCODED_H

/*
 * What a host that stands in a program is there for, as far as its name tells: by
 * endpoint.h, and beside the vectors "local" (this machine and private networks) and
 * "reference" (schema/references.tsv: names of XML namespaces, schemas, standards and
 * licences, which are written but not called; addresses of examples).
 */

/* `name` as an inventory has it ("*.vendor.com" too); `port` 0: that of https. */
const char *hardcoded_vector(const char *name, unsigned port);

/* How much it matters, 0 the most: what nobody knows, what sends, …, what is not called. */
unsigned hardcoded_rank(const char *vector);

#endif
