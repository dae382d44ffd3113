/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CLI_DOCTOR_BENCH_H
#define CLI_DOCTOR_BENCH_H

#include "core/json.h"

/* What `bench` would find here: its sandbox, the languages in it, a model server on this
 * machine. Lines for people, or an object under the key "bench". */
void doctor_bench_text(struct text *t);
void doctor_bench_json(struct json *j);

#endif
