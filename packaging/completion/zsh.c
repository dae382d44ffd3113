/* SPDX-License-Identifier: Apache-2.0 */
/*
 * zsh: the specifications of _arguments, one an option, with what the help says of it.
 */
#include "packaging/completion/shell.h"
#include "packaging/completion/value.h"

#include <string.h>

/* Within a specification these end a part of it. */
static void add_escaped(struct text *ret, struct slice text)
{
	for (size_t i = 0; i < text.size; i++) {
		if (strchr(":[]\\", (char)text.at[i]))
			text_add_char(ret, '\\');
		text_add_char(ret, (char)text.at[i]);
	}
}

/* "(auto full)", or a function where they go with commas between. */
static void add_words(struct text *ret, const struct value *v)
{
	struct cursor lines = cursor_over(text_slice(&v->words));
	struct slice word;
	const char *between = v->list ? "_values -s , word " : "(";
	while (value_next(&lines, &word)) {
		text_add_string(ret, between);
		for (size_t i = 0; i < word.size; i++) {
			if (strchr(" :", (char)word.at[i]))
				text_add_char(ret, '\\');
			text_add_char(ret, (char)word.at[i]);
		}
		between = " ";
	}
	text_add_string(ret, v->list ? "" : ")");
}

static void add_action(struct text *ret, const struct value *v)
{
	if (v->words.size)
		add_words(ret, v);
	else
		text_add_string(ret, v->command	  ? "_normal"
				     : v->named	  ? "_airgap_verify_named"
				     : v->files	  ? (v->sessions ? "_airgap_verify_sessions" : "_files")
				     : v->folders ? (v->sessions ? "_airgap_verify_sessions -/" : "_files -/")
				     : v->ids	  ? "_airgap_verify_ids"
				     : v->pids	  ? "_pids"
						  : " ");
}

/* "--output=[the session folder]:DIR:_files -/" with the options that it excludes in front. */
static void add_line(struct text *ret, const struct argument *a, const char *name, struct slice about)
{
	AUTO_TEXT struct text line = text_make(1 << 14);
	if (a->kind == ARGUMENT_LIST)
		text_add_char(&line, '*');
	else if (a->letter)
		text_addf(&line, "(-%c %s)", a->letter, a->name);
	text_add_string(&line, name);
	if (a->kind != ARGUMENT_FLAG && name == a->name)
		text_add_char(&line, '=');
	text_add(&line, about);
	text_add_string(ret, "\t\t");
	shell_quote(ret, text_slice(&line), "'\\''", "");
	text_add_char(ret, '\n');
}

static void add_option(struct text *ret, const struct command *c, const struct argument *a)
{
	AUTO_TEXT struct text about = text_make(1 << 14);
	AUTO_VALUE struct value v;
	const char letter[] = {'-', a->letter, 0};
	value_of_option(c, a, &v);
	if (!a->about)
		return;
	text_add_char(&about, '[');
	add_escaped(&about, slice_of_string(a->about));
	text_add_char(&about, ']');
	if (a->kind != ARGUMENT_FLAG) {
		text_add_char(&about, ':');
		add_escaped(&about, slice_of_string(a->value));
		text_add_char(&about, ':');
		add_action(&about, &v);
	}
	add_line(ret, a, a->name, text_slice(&about));
	if (a->letter)
		add_line(ret, a, letter, text_slice(&about));
}

static void add_command(struct text *ret, const struct command *c)
{
	AUTO_VALUE struct value rest;
	AUTO_TEXT struct text action = text_make(1 << 14);
	text_addf(ret, "\t%s) options=(\n", c->name);
	for (size_t i = 0; i < c->argument_count; i++)
		add_option(ret, c, &c->arguments[i]);
	for (size_t i = 0; i < common_argument_count; i++)
		add_option(ret, c, &common_arguments[i]);
	value_of_rest(c, &rest);
	if (rest.command || rest.files || rest.folders || rest.words.size) {
		text_add_string(&action, rest.command ? "*::command:" : "*:argument:");
		add_action(&action, &rest);
		text_add_string(ret, "\t\t");
		shell_quote(ret, text_slice(&action), "'\\''", "");
		text_add_char(ret, '\n');
	}
	text_add_string(ret, "\t) ;;\n");
}

static void add(struct text *ret)
{
	text_add_string(ret, "#compdef airgap-verify\n# zsh completion for airgap-verify, made from its table of commands\n"
			     "_airgap_verify_commands()\n{\n\tlocal commands=(\n");
	for (size_t i = 0; i < command_count; i++) {
		AUTO_TEXT struct text line = text_make(1 << 14);
		text_addf(&line, "%s:%s", commands[i]->name, commands[i]->summary);
		text_add_string(ret, "\t\t");
		shell_quote(ret, text_slice(&line), "'\\''", "");
		text_add_char(ret, '\n');
	}
	text_add_string(ret, "\t)\n\t_describe command commands\n}\n\n"
			     "_airgap_verify_options()\n{\n\tlocal -a options\n\tcase $1 in\n");
	for (size_t i = 0; i < command_count; i++)
		add_command(ret, commands[i]);
	text_add_string(ret, "\tesac\n\t_arguments -s -S $options\n}\n\n");
}

const struct shell shell_zsh = {"zsh", add};
