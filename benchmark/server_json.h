/* SPDX-License-Identifier: Apache-2.0 */
#ifndef BENCHMARK_SERVER_JSON_H
#define BENCHMARK_SERVER_JSON_H

/*
 * What both kinds of servers put into JSON.
 */

#include "core/json.h"

/* A string or a number as text for a terminal, cut to the buffer; "" for anything else. */
void server_json_text(const struct json_value *v, char *ret, size_t capacity);

/* The same for a name that is sent back, as it stands: "" where it does not fit. */
void server_json_name(const struct json_value *v, char *ret, size_t capacity);

/* A whole number; `otherwise` where it is none. */
int64_t server_json_i64(const struct json_value *v, int64_t otherwise);
uint64_t server_json_u64(const struct json_value *v); /* 0 where it is none */

/* A number of milliseconds, also with a fraction and an exponent, in nanoseconds; -1
 * where it is none, or is below zero or past 100 days. */
int64_t server_json_ms(const struct json_value *v);

/* A number that is not below zero, with three digits behind its point. */
void server_json_add_number(struct json *j, const char *key, double value);

/* A member of an object inside an object; JSON_ABSENT where there is none. */
struct json_value server_json_member(const struct json_value *object, const char *key);

#endif
