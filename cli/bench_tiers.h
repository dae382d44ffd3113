/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CLI_BENCH_TIERS_H
#define CLI_BENCH_TIERS_H

#include "core/text.h"

/* The table of tiers: that of `named`, else the user's (~/.config/airgap-verify/tiers.tsv),
 * else the machine's (/etc/airgap-verify/tiers.tsv), else that of this build. `keep` holds the
 * text and must outlive `ret`. What it says is read later. */
enum status bench_tiers(const char *named, struct text *keep, struct slice *ret, struct error *err) MUST_CHECK;

enum { BENCH_TIERS_MAX = 1 << 16 };

#endif
