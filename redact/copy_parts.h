/* SPDX-License-Identifier: Apache-2.0 */
#ifndef REDACT_COPY_PARTS_H
#define REDACT_COPY_PARTS_H

/*
 * Inside of copy_session(): a function for each kind of file. `out` is where the copy goes.
 * What is wrong with a file is ERR_MALFORMED; then it is not copied.
 */

#include "redact/copy.h"
#include "redact/members.h"
#include "redact/sink.h"

/* Name and text of the description by which the logs of a copy are read. */
#define COPY_LOG_NAME "redacted"
extern const char copy_log_description[];

/* `json`: one checked object of such a file. */
void copy_record(struct copy *c, const struct json_value *object, const struct member_override overrides[], size_t count,
		 struct sink *out);

typedef enum status copy_fn(struct copy *c, struct slice whole, struct sink *out, struct error *err);

/* Does it in a process without rights. */
enum status copy_apart(struct copy *c, copy_fn *copy, struct slice whole, struct sink *out, struct error *err) MUST_CHECK;

enum status copy_session_file(struct copy *c, struct slice whole, struct sink *out, struct error *err) MUST_CHECK;
enum status copy_lines(struct copy *c, struct slice whole, struct sink *out, struct error *err) MUST_CHECK;
enum status copy_past(struct copy *c, struct slice whole, struct sink *out, struct error *err) MUST_CHECK;
enum status copy_controls(struct copy *c, struct slice whole, struct sink *out, struct error *err) MUST_CHECK;
enum status copy_tool(struct copy *c, struct slice whole, struct sink *out, struct error *err) MUST_CHECK;
enum status copy_evidence(struct copy *c, struct slice whole, struct sink *out, struct error *err) MUST_CHECK;
enum status copy_capture(struct copy *c, struct slice whole, struct sink *out, struct error *err) MUST_CHECK;

/* A log is written anew from what was read of it; `path` is that of its copy in the original. */
enum status copy_log(struct copy *c, const char *path, struct slice whole, struct sink *out, struct error *err) MUST_CHECK;

/* Where that lies in the copy; NULL where it does not. */
const struct copy_log *copy_log_of(const struct copy *c, struct slice path);

#endif
