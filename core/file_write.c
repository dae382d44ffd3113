/* SPDX-License-Identifier: Apache-2.0 */
#include "core/file.h"

enum status file_write(int dirfd, const char *name, struct slice bytes, struct error *err)
{
	struct file_output out;
	enum status status = file_begin(dirfd, name, &out, err);
	if (status)
		return status;
	status = file_write_fd(out.fd, bytes, name, err);
	if (status) {
		file_abandon(&out);
		return status;
	}
	return file_commit(&out, err);
}
