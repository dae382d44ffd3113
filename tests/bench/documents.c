/* SPDX-License-Identifier: Apache-2.0 */
/*
 * One document, for timing: a database that was judged, and nothing around it.
 *
 *   documents DB WRITER FILE      (WRITER as `list writers` names it)
 */
#include "core/auto.h"
#include "report/document.h"

#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

static const struct writer *find(const char *name)
{
	for (size_t i = 0; i < writer_count; i++)
		if (!strcmp(writers[i].name, name) && writers[i].write)
			return &writers[i];
	die("no writer %s of one file", name);
}

int main(int argc, char *argv[])
{
	struct error err = {0};
	struct store *store = NULL;
	if (argc != 4)
		die("usage: documents DB WRITER FILE");
	const struct writer *w = find(argv[2]);
	AUTO_FD int fd = open(argv[3], O_RDWR | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
	if (fd < 0)
		die("%s: cannot be made", argv[3]);
	if (store_open(argv[1], STORE_READ, &store, &err) || w->write(store, NULL, fd, &err) || store_close(&store, &err))
		die("%s", err.text);
	return 0;
}
