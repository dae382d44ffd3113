/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CLI_BENCH_TABLES_H
#define CLI_BENCH_TABLES_H

/*
 * The tables that a site may have of its own: that which an option names, else the user's
 * (~/.config/airgap-verify/), else the machine's (/etc/airgap-verify/), else this build's.
 */

#include "core/text.h"

enum { BENCH_TABLE_MAX = 1 << 18 };

/* tiers.tsv. `keep` holds the text and must outlive `ret`. What it says is read later. */
enum status bench_tables_tiers(const char *named, struct text *keep, struct slice *ret, struct error *err) MUST_CHECK;

/* published.tsv, read and found good; empty: the build's own, which needs not be recorded. */
enum status bench_tables_published(const char *named, struct text *keep, struct slice *ret,
				   struct error *err) MUST_CHECK;

#endif
