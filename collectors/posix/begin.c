/* SPDX-License-Identifier: Apache-2.0 */
#include "collectors/posix/begin.h"

#include "core/auto.h"
#include "core/file.h"
#include "core/privilege.h"

#include <fcntl.h>
#include <signal.h>
#include <sys/resource.h>
#include <sys/stat.h>

enum status begin_folder(struct watch *w, struct error *err)
{
	const char *folder = w->options->folder;
	enum status status = file_open_folder(AT_FDCWD, folder, &w->folder, err);
	if (status)
		return status;
	/* opened with more rights than theirs: what they could not write to is not for us */
	struct stat st;
	if (fstat(w->folder, &st) != 0 || (w->invoker->uid != 0 && st.st_uid != w->invoker->uid))
		return fail(err, ERR_PERMISSION, "%s: the folder is not %s's own", folder,
			    w->invoker->name);
	AUTO_DIR DIR *dir = fdopendir(dup(w->folder));
	struct dirent *entry;
	while (dir && (entry = readdir(dir)) != NULL)
		if (entry->d_name[0] != '.')
			return fail(err, ERR_CREATE, "%s: not empty (it holds %s)", folder,
				    entry->d_name);
	return OK;
}

void begin_signals(void)
{
	/* The terminal's signals are for the command. Stopping is for it too: the
	 * watch goes on while it is stopped. */
	static const int ignored[] = {SIGINT, SIGQUIT, SIGHUP, SIGTSTP, SIGTTOU, SIGPIPE, SIGTERM,
				      SIGXFSZ};
	for (size_t i = 0; i < LENGTH(ignored); i++)
		signal(ignored[i], SIG_IGN);
	signal(SIGCHLD, SIG_DFL);
}

void begin_limits(void)
{
	struct rlimit files;
	if (getrlimit(RLIMIT_NOFILE, &files) == 0) {
		files.rlim_cur = files.rlim_max;
		setrlimit(RLIMIT_NOFILE, &files);
	}
	setrlimit(RLIMIT_CORE, &(struct rlimit){0, 0}); /* the keys of the chain are in no core */
}
