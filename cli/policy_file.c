/* SPDX-License-Identifier: Apache-2.0 */
#include "cli/policy_file.h"

#include "cli/config.h"
#include "core/file.h"

#include <fcntl.h>
#include <unistd.h>

static enum status load(const char *path, struct text *ret_text, struct policy *ret,
			struct error *err)
{
	enum status status = file_read(AT_FDCWD, path, POLICY_TEXT_MAX, ret_text, err);
	if (!status && slice_find(text_slice(ret_text), 0) < ret_text->size)
		status = fail(err, ERR_CONFIG, "%s: holds a NUL; a policy is text", path);
	return status ? status : policy_parse(text_string(ret_text), path, ret, err);
}

enum status policy_file_load(const char *given, struct text *ret_text, struct policy *ret,
			     struct error *err)
{
	char own[FILE_PATH_MAX];
	if (given) {
		enum status status = load(given, ret_text, ret, err);
		/* of what stands in it the line is told; a path that is wrong, only the option makes plain */
		return status == ERR_NO_INPUT || status == ERR_PERMISSION ? fail_in(err, "--policy") : status;
	}
	if (config_path("policy.ini", own) && access(own, F_OK) == 0)
		return load(own, ret_text, ret, err);
	if (access("/etc/airgap-verify/policy.ini", F_OK) == 0)
		return load("/etc/airgap-verify/policy.ini", ret_text, ret, err);
	return policy_parse("", "the default policy", ret, err);
}
