/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The sandbox's files:
 *
 *   /usr and what of /bin /sbin /lib* is a link into it   to be read
 *   /usr/local                                             empty
 *   /etc/alternatives, /etc/ld.so.cache                    to be read: cc is a link through there
 *   /proc /dev                                             its own; of /dev nothing can be made
 *   /tmp/work                                              in memory, bounded
 *   anything else, the root itself                         cannot be written
 */
#include "benchmark/confine_command.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static void add(struct command *c, const char *word)
{
	if (c->count + 1 < COMMAND_WORDS_MAX)
		c->words[c->count] = must_strdup(word);
	c->count++;
}

static void add_all(struct command *c, const char *const words[], size_t count)
{
	for (size_t i = 0; i < count; i++)
		add(c, words[i]);
}

static void add_number(struct command *c, const char *option, unsigned long value)
{
	char text[32];
	snprintf(text, sizeof text, "%lu", value);
	add(c, option);
	add(c, text);
}

/* Where /bin is a folder of its own it is bound, where it is a link it becomes one. */
static void add_system(struct command *c)
{
	static const char *const roots[] = {"/bin", "/sbin", "/lib", "/lib32", "/lib64", "/libx32"};
	static const char *const configured[] = {"/etc/alternatives", "/etc/ld.so.cache"};
	add_all(c, (const char *const[]){"--ro-bind", "/usr", "/usr"}, 3);
	for (size_t i = 0; i < LENGTH(roots); i++) {
		char target[256];
		ssize_t size = readlink(roots[i], target, sizeof target - 1);
		target[size > 0 ? size : 0] = 0;
		if (size > 0)
			add_all(c, (const char *const[]){"--symlink", target, roots[i]}, 3);
		else
			add_all(c, (const char *const[]){"--ro-bind-try", roots[i], roots[i]}, 3);
	}
	for (size_t i = 0; i < LENGTH(configured); i++)
		add_all(c, (const char *const[]){"--ro-bind-try", configured[i], configured[i]}, 3);
	if (access("/usr/local", F_OK) == 0)
		add_all(c, (const char *const[]){"--tmpfs", "/usr/local", "--remount-ro", "/usr/local"}, 4);
}

static void add_folders(struct command *c, const struct confine_means *m)
{
	add_all(c, (const char *const[]){"--proc", "/proc", "--dev", "/dev", "--remount-ro", "/dev"}, 6);
	if (m->sizes)
		add_number(c, "--size", COMMAND_DISK_MAX);
	add_all(c, (const char *const[]){"--tmpfs", "/tmp", "--dir", "/tmp/work"}, 4);
}

static enum status add_files(struct command *c, const struct task_files *files, struct start *start,
			     struct error *err)
{
	for (size_t i = 0; files && i < files->count; i++) {
		char path[TASK_PATH_MAX + 16];
		if (start->data_count >= START_DATA_MAX)
			return fail(err, ERR_LIMIT, "more than %d files for the sandbox", START_DATA_MAX - 1);
		snprintf(path, sizeof path, "/tmp/work/%s", files->at[i].path);
		add_all(c, (const char *const[]){"--perms", "0755"}, 2);
		add_number(c, "--file", START_DATA + start->data_count);
		add(c, path);
		start->data[start->data_count++] = text_slice(&files->at[i].content);
	}
	return OK;
}

static const char *const shut[] = {
	"bwrap",	 "--unshare-all",     "--unshare-user", "--die-with-parent", "--new-session",
	"--cap-drop",	 "ALL",		      "--uid",		"1000",		     "--gid",
	"1000",		 "--hostname",	      "sandbox",	"--clearenv",	     "--setenv",
	"PATH",		 "/usr/bin:/bin",     "--setenv",	"LANG",		     "C.UTF-8",
	"--setenv",	 "HOME",	      "/tmp/work",
};

enum status command_make(const struct confine_means *m, const struct confine_run *run, struct command *ret,
			 struct start *ret_start, struct error *err)
{
	memset(ret, 0, sizeof *ret);
	ret_start->data[0] = text_slice(&m->filter);
	ret_start->data_count = 1;
	add_all(ret, shut, LENGTH(shut));
	add_number(ret, "--json-status-fd", START_STATUS);
	add_number(ret, "--block-fd", START_GO);
	add_number(ret, "--seccomp", START_DATA);
	add_system(ret);
	add_folders(ret, m);
	enum status status = add_files(ret, run->files, ret_start, err);
	add_all(ret, (const char *const[]){"--chdir", "/tmp/work", "--remount-ro", "/", "--"}, 5);
	for (size_t i = 0; run->argv[i]; i++)
		add(ret, run->argv[i]);
	if (!status && ret->count >= COMMAND_WORDS_MAX)
		status = fail(err, ERR_LIMIT, "too many words for the sandbox");
	ret_start->program = m->program;
	ret_start->argv = ret->words;
	if (status)
		command_free(ret);
	return status;
}

void command_free(struct command *c)
{
	for (size_t i = 0; i < COMMAND_WORDS_MAX; i++)
		free(c->words[i]);
	memset(c, 0, sizeof *c);
}
