/* SPDX-License-Identifier: Apache-2.0 */
#ifndef COLLECTORS_PLATFORM_H
#define COLLECTORS_PLATFORM_H

/*
 * What a session needs of the system it runs on. The course of a session
 * (session.c) is the same everywhere; linux/, macos/ and windows/ each hold one
 * implementation of this.
 */

#include "collectors/session_state.h"

enum { PLATFORM_NAME_MAX = 256 /* of a process, its end included */ };

/* The words of the command line in UTF-8, where the system does not hand them over so.
 * First of all. */
void platform_arguments(int *argc, char ***argv);

/* Opens the folder, makes the command and holds it back before its first instruction,
 * opens the collectors (session_open_collectors()) while there are rights for it, and
 * gives those rights up for good. Sets s->w.platform. */
enum status platform_open(struct session *s, session_reasons reasons, struct error *err) MUST_CHECK;

/* Does a session of the tier that was asked for do with this collector? Those before it in
 * the registry are open by then. */
bool platform_wants(const struct session *s, const struct collector *c);

/* As core/tier.h names it; "isolated" where all that is witnessed is that the command cannot
 * get out. */
const char *platform_tier(const struct session *s);

/* Members of session.json: who asked, the machine, and what it says of its clock. */
void platform_add_user(struct json *j, const struct session *s);
void platform_add_host(struct json *j);
void platform_add_clock(struct json *j);

/* Members of its options that only this platform has. */
void platform_add_options(struct json *j, const struct watch_options *o);

/* How to run with more rights, as a remedy. */
extern const char platform_more_rights[];

/* Where the command is started; false where that is not known. */
bool platform_folder(char *ret, size_t capacity);

/* The file of this program, to be hashed; -1: it cannot be opened. The caller closes it. */
int platform_own_program(void);

/* Records about what was there before the command: once, after the witnesses. */
void platform_write_before(struct session *s);

/* Remembers which processes are our own: called before the command is let go. */
void platform_note_helpers(struct session *s);

/* Lets the command go; the status says why it could not be executed. */
enum status platform_go(struct session *s, struct error *err) MUST_CHECK;

/* Waits for at most so long, and does what whoever started us asked meanwhile: may set
 * s->end and s->woken. */
void platform_wait(struct session *s, int milliseconds);

/* The same without doing anything. */
void platform_pause(int milliseconds);

/* Calls session_command_ended() once the command has. */
void platform_reap(struct session *s);

/* Has the process that --pid named ended? */
bool platform_watched_ended(const struct session *s);

/* Processes of the session that live, at most `max`; their number. */
size_t platform_living(const struct session *s, uint32_t ret[], size_t max);

/* What a process is called; false where it is gone. */
bool platform_name(uint32_t pid, char ret[static PLATFORM_NAME_MAX]);

/* How the machine is set up, as records (posture.ndjson): `argv` holds the options. */
enum status platform_posture(int argc, char *argv[], struct text *ret, struct error *err) MUST_CHECK;

/* The sockets of this machine now and who holds them, as records. */
enum status platform_snapshot(struct text *ret, struct error *err) MUST_CHECK;

/* What is left to be closed, whatever happened. NULL-safe. */
void platform_close(struct session *s);

#endif
