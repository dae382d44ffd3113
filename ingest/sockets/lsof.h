/* SPDX-License-Identifier: Apache-2.0 */
#ifndef INGEST_SOCKETS_LSOF_H
#define INGEST_SOCKETS_LSOF_H

/*
 * What both outputs of lsof have in common: the name of a file that is a socket.
 */

#include "ingest/sockets/table.h"

/* What kind of file a row is about. */
enum lsof_kind {
	LSOF_SOCKET,  /* of the Internet: `row` is filled in */
	LSOF_OTHER,   /* any other file */
	LSOF_UNKNOWN, /* a socket that lsof could not tell, or whose name cannot be read */
	LSOF_REFUSED, /* the files of a process, which lsof was not allowed to see */
};

/* What a row may point to that does not stand in the file. */
struct lsof_texts {
	char local[ADDRESS_TEXT_MAX], remote[ADDRESS_TEXT_MAX];
};

/* By the columns TYPE and NAME; `proto` is the node of a socket ("TCP"). */
enum lsof_kind lsof_file(struct slice type, struct slice proto, struct slice name, struct lsof_texts *texts,
			 struct socket_row *row);

/* Counts what of it is no row, or writes the row. */
enum status lsof_write(struct ingest *to, enum lsof_kind kind, const struct socket_row *row, uint64_t line,
		       struct slice text, struct error *err) MUST_CHECK;

#endif
