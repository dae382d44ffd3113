/* SPDX-License-Identifier: Apache-2.0 */
#include "cli/audit_folder.h"

#include "core/json.h"

#include <fcntl.h>

enum { FILE_MAX = 128 << 20 };

void audit_folder_boot(char ret[static 64])
{
	AUTO_TEXT struct text text = text_make(64);
	ret[0] = 0;
	if (!file_read(AT_FDCWD, "/proc/sys/kernel/random/boot_id", 63, &text, NULL)) {
		struct slice line = text_slice(&text);
		slice_to_string(slice_part(line, 0, slice_find(line, '\n')), ret, 64);
	}
}

static const char *or_null(const char *text)
{
	return text && *text ? text : NULL;
}

static void add_last(struct json *j, const struct audit_last *l)
{
	json_add_string(j, "last_id", l->id);
	json_add_i64(j, "last_began_ns", l->began_ns);
	json_add_i64(j, "last_ended_ns", l->ended_ns);
	json_add_string(j, "last_verdict", l->verdict);
	json_add_string(j, "last_boot_id", or_null(l->boot_id));
	json_add_string(j, "last_fingerprint", or_null(l->fingerprint));
}

static void add_head(const struct audit_folder_facts *f, struct text *out)
{
	char boot[64];
	struct json j = json_on(out);
	audit_folder_boot(boot);
	json_begin_object(&j, NULL);
	json_add_string(&j, "format", "airgap-verify audit");
	json_add_u64(&j, "version", 1);
	json_add_i64(&j, "began_ns", f->began_ns);
	json_add_i64(&j, "every_ns", f->audit->every_ns);
	json_add_u64(&j, "past", f->audit->past);
	json_add_string(&j, "scope", f->scope);
	json_add_string(&j, "boot_id", or_null(boot));
	json_add_string(&j, "fingerprint", or_null(f->fingerprint));
	if (f->before->there)
		add_last(&j, &f->before->last);
	if (f->before->trouble_ns) {
		json_add_i64(&j, "trouble_ns", f->before->trouble_ns);
		json_add_string(&j, "trouble", f->before->trouble);
	}
	json_add_string(&j, "forgotten", f->forgotten);
	json_end_object(&j);
	text_add_char(out, '\n');
}

enum status audit_folder_write(int folder, const struct audit_folder_facts *f, struct error *err)
{
	AUTO_TEXT struct text out = text_make(FILE_MAX);
	add_head(f, &out);
	if (!f->forgotten)
		audit_known_write(f->known, &out);
	text_add(&out, f->gathered);
	return out.overflow ? fail(err, ERR_LIMIT, "audit.ndjson would be longer than %d bytes", FILE_MAX)
			    : file_write(folder, "audit.ndjson", text_slice(&out), err);
}
