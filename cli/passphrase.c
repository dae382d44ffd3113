/* SPDX-License-Identifier: Apache-2.0 */
#include "cli/passphrase.h"

#include "core/auto.h"
#include "core/file.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <termios.h>
#include <unistd.h>

/* The bytes up to LF or the end. False where there are none, or too many. */
static bool read_line(int fd, char ret[static SIGNING_PASSPHRASE_MAX])
{
	size_t size = 0;
	for (;;) {
		ssize_t got = read(fd, ret + size, 1);
		if (got < 0 && errno == EINTR)
			continue;
		if (got <= 0 || ret[size] == '\n')
			break;
		if (ret[size] == 0 || ++size == SIGNING_PASSPHRASE_MAX)
			return false;
	}
	ret[size] = 0;
	return size > 0;
}

static enum status read_file(const char *path, char ret[static SIGNING_PASSPHRASE_MAX], struct error *err)
{
	AUTO_FD int fd = -1;
	struct stat st;
	enum status status = file_open(AT_FDCWD, path, &fd, err);
	if (status)
		return status;
	if (fstat(fd, &st) != 0 || (st.st_mode & 077) != 0)
		return fail(err, ERR_PERMISSION, "%s: others than its owner may read this passphrase; chmod 600 it", path);
	if (!read_line(fd, ret))
		return fail(err, ERR_CONFIG, "%s: its first line is no passphrase (1-%d bytes)", path,
			    SIGNING_PASSPHRASE_MAX - 1);
	return OK;
}

static bool ask(int terminal, const char *words, const char *of, char ret[static SIGNING_PASSPHRASE_MAX])
{
	struct termios before, quiet;
	dprintf(terminal, "%s %s: ", words, of);
	if (tcgetattr(terminal, &before) != 0)
		return false;
	quiet = before;
	quiet.c_lflag &= ~(tcflag_t)ECHO;
	tcsetattr(terminal, TCSAFLUSH, &quiet);
	bool read = read_line(terminal, ret);
	tcsetattr(terminal, TCSAFLUSH, &before);
	dprintf(terminal, "\n");
	return read;
}

static enum status ask_terminal(const char *of, bool twice, char ret[static SIGNING_PASSPHRASE_MAX], struct error *err)
{
	AUTO_FD int terminal = open("/dev/tty", O_RDWR | O_NOCTTY | O_CLOEXEC);
	char again[SIGNING_PASSPHRASE_MAX];
	if (terminal < 0)
		return fail(err, ERR_CONFIG, "%s: needs a passphrase, and there is no terminal to ask on; give --passphrase-file "
			    "(or AIRGAP_VERIFY_PASSPHRASE_FILE)", of);
	bool read = ask(terminal, "Passphrase of", of, ret);
	bool same = read && (!twice || (ask(terminal, "Once more, of", of, again) && !strcmp(ret, again)));
	explicit_bzero(again, sizeof again);
	if (!read)
		return fail(err, ERR_CONFIG, "%s: no passphrase was given", of);
	return same ? OK : fail(err, ERR_CONFIG, "%s: the two were not the same", of);
}

static enum status get(const void *from, const char *key_path, bool twice, char ret[static SIGNING_PASSPHRASE_MAX],
		       struct error *err)
{
	const char *file = from ? from : getenv("AIRGAP_VERIFY_PASSPHRASE_FILE");
	return file && *file ? read_file(file, ret, err) : ask_terminal(key_path, twice, ret, err);
}

struct signing_passphrase passphrase_from(const char *file)
{
	return (struct signing_passphrase){get, file};
}
