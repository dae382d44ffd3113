/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Two small files for whoever looks for just that: was the clock right, and what made this.
 */
#include "report/bundle.h"

#include "report/facts.h"

#include "core/auto.h"
#include "core/hash.h"
#include "core/json.h"

#include <fcntl.h>
#include <string.h>

enum { NUMBER_MAX = 32 };

static void add_fact(struct json *j, const struct facts *f, const char *key, enum fact fact)
{
	json_add_string(j, key, *f->value[fact] ? f->value[fact] : NULL);
}

/* A value of the session that is a number; null where there is none, or none that can be read. */
static enum status add_number(struct json *j, struct store *store, const char *key, const char *name, struct error *err)
{
	char text[NUMBER_MAX];
	struct slice value;
	int64_t number;
	enum status status = store_session_value(store, name, text, sizeof text, err);
	value = slice_of_string(text);
	if (!status && slice_i64(value, INT64_MAX, &number))
		json_add_i64(j, key, number);
	else
		json_add_null(j, key);
	return status;
}

struct number {
	const char *key, *name; /* name: of the session's value */
};

static enum status add_object(struct json *j, struct store *store, const char *key, const struct number numbers[], size_t count,
			      struct error *err)
{
	enum status status = OK;
	json_begin_object(j, key);
	for (size_t i = 0; i < count && !status; i++)
		status = add_number(j, store, numbers[i].key, numbers[i].name, err);
	json_end_object(j);
	return status;
}

/* A step is told where it was at least half a second; what a daemon slews is none. */
static enum status add_course(struct json *j, struct store *store, struct error *err)
{
	static const struct number steps[] = {{"back_ns", "clock_back_ns"}, {"ahead_ns", "clock_ahead_ns"}};
	static const struct number pairs[][2] = {
		{{"wall_ns", "clock_wall_ns"}, {"mono_ns", "clock_mono_ns"}},
		{{"wall_ns", "clock_last_wall_ns"}, {"mono_ns", "clock_last_mono_ns"}},
	};
	enum status status = add_object(j, store, "steps", steps, LENGTH(steps), err);
	json_begin_array(j, "pairs");
	for (size_t i = 0; i < LENGTH(pairs) && !status; i++)
		status = add_object(j, store, NULL, pairs[i], LENGTH(pairs[i]), err);
	json_end_array(j);
	return status;
}

enum status bundle_time(struct store *store, struct text *ret, struct error *err)
{
	AUTO_FACTS struct facts f;
	enum status status = facts_read(store, NULL, &f, err);
	if (status)
		return status;
	struct json j = json_on(ret);
	bool synchronised = !strcmp(f.value[FACT_CLOCK_SYNCHRONISED], "true");
	json_begin_object(&j, NULL);
	if (*f.value[FACT_CLOCK_SYNCHRONISED])
		json_add_bool(&j, "synchronised", synchronised);
	else
		json_add_null(&j, "synchronised");
	add_fact(&j, &f, "source", FACT_CLOCK_SOURCE);
	/* these two a time daemon knows, and none is asked */
	json_add_null(&j, "stratum");
	json_add_null(&j, "last_sync_ns");
	/* of a clock that nothing disciplines the kernel says 0 */
	if (!synchronised)
		json_add_null(&j, "offset_ns");
	else
		status = add_number(&j, store, "offset_ns", "clock_offset_ns", err);
	if (!status)
		status = add_number(&j, store, "estimated_error_ns", "clock_estimated_error_ns", err);
	if (!status)
		status = add_number(&j, store, "maximum_error_ns", "clock_maximum_error_ns", err);
	if (!status)
		status = add_course(&j, store, err);
	json_add_time(&j, "from_ns", f.from_ns);
	json_add_time(&j, "to_ns", f.to_ns);
	json_add_string(&j, "time_of_signatures", "host-asserted: the clock of the machine that signed, unless a time stamp (RFC 3161) lies beside the seal");
	json_end_object(&j);
	text_add_char(ret, '\n');
	return status;
}

static void add_count(struct json *j, sqlite3_stmt *q, const char *key, int column)
{
	if (!store_is_null(q, column))
		json_add_i64(j, key, store_i64(q, column));
}

static enum status add_witnesses(struct json *j, struct store *store, struct error *err)
{
	bool row = true;
	enum status status = OK;
	sqlite3_stmt *q = store_query(store, QUERY_BUNDLE_WITNESSES);
	json_begin_array(j, "witnesses");
	while (!status && !(status = store_step(q, &row, err)) && row) {
		json_begin_object(j, NULL);
		json_add_slice(j, "name", store_slice(q, 0));
		json_add_slice(j, "state", store_slice(q, 1));
		json_add_bool(j, "required", store_i64(q, 2) != 0);
		add_count(j, q, "lost", 3);
		add_count(j, q, "canaries_seen", 4);
		json_end_object(j);
	}
	json_end_array(j);
	sqlite3_reset(q);
	return status;
}

/* The program that runs, as the kernel has it; null where it does not show that. */
static void add_own_hash(struct json *j)
{
	unsigned char digest[HASH_SIZE];
	struct error ignored = {0};
	AUTO_FD int fd = open("/proc/self/exe", O_RDONLY | O_CLOEXEC);
	if (fd >= 0 && !hash_fd(fd, digest, NULL, &ignored))
		json_add_hex(j, "sha256", digest, HASH_SIZE);
	else
		json_add_null(j, "sha256");
}

enum status bundle_tool(struct store *store, struct text *ret, struct error *err)
{
	AUTO_FACTS struct facts f;
	enum status status = facts_read(store, NULL, &f, err);
	if (status)
		return status;
	struct json j = json_on(ret);
	json_begin_object(&j, NULL);
	json_add_string(&j, "name", "airgap-verify");
	json_add_string(&j, "version", VERSION);
	add_own_hash(&j);
	add_fact(&j, &f, "collector_version", FACT_COLLECTOR_VERSION);
	add_fact(&j, &f, "collector_sha256", FACT_COLLECTOR_SHA256);
	add_fact(&j, &f, "policy_sha256", FACT_POLICY_SHA256);
	add_fact(&j, &f, "tier", FACT_TIER);
	add_fact(&j, &f, "user", FACT_USER);
	add_fact(&j, &f, "rights_through", FACT_THROUGH);
	json_add_i64(&j, "canaries", f.count[COUNT_CANARIES]);
	status = add_witnesses(&j, store, err);
	json_end_object(&j);
	text_add_char(ret, '\n');
	return status;
}
