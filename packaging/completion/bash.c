/* SPDX-License-Identifier: Apache-2.0 */
/*
 * bash: one function with a row for each option that takes a value, for the options of each
 * command and for what else it takes. It sets `kinds` and `words`; driver.bash knows what to
 * do with them.
 */
#include "packaging/completion/shell.h"
#include "packaging/completion/value.h"

static void add_words(struct text *ret, struct slice words)
{
	text_add_string(ret, " words=");
	shell_quote(ret, slice_trim(words), "'\\''", "");
}

static void add_value(struct text *ret, const struct value *v)
{
	const struct {
		bool is;
		const char *kind;
	} kinds[] = {
		{v->files, "files"},	   {v->folders && !v->files, "folders"}, {v->pids, "pids"}, {v->command, "command"},
		{v->sessions, "sessions"}, {v->ids, "ids"},			  {v->list, "list"}, {v->open, "open"},
	};
	text_add_string(ret, "kinds='value");
	for (size_t i = 0; i < LENGTH(kinds); i++)
		if (kinds[i].is)
			text_addf(ret, " %s", kinds[i].kind);
	text_add_char(ret, '\'');
	if (v->words.size)
		add_words(ret, text_slice(&v->words));
	text_add_string(ret, " ;;\n");
}

static void add_names(struct text *names, const struct argument *a)
{
	if (!a->about)
		return;
	text_addf(names, "%s\n", a->name);
	if (a->letter)
		text_addf(names, "-%c\n", a->letter);
}

static void add_option(struct text *ret, const struct command *c, const struct argument *a)
{
	AUTO_VALUE struct value v;
	value_of_option(c, a, &v);
	if (a->kind == ARGUMENT_FLAG || !a->about)
		return;
	text_addf(ret, "\t%s:%s", c->name, a->name);
	if (a->letter)
		text_addf(ret, " | %s:-%c", c->name, a->letter);
	text_add_string(ret, ") ");
	add_value(ret, &v);
}

static void add_command(struct text *ret, const struct command *c)
{
	AUTO_TEXT struct text names = text_make(1 << 14);
	AUTO_VALUE struct value rest;
	for (size_t i = 0; i < c->argument_count; i++)
		add_names(&names, &c->arguments[i]);
	for (size_t i = 0; i < common_argument_count; i++)
		add_names(&names, &common_arguments[i]);
	text_addf(ret, "\t%s:options)", c->name);
	add_words(ret, text_slice(&names));
	text_add_string(ret, " ;;\n");
	for (size_t i = 0; i < c->argument_count; i++)
		add_option(ret, c, &c->arguments[i]);
	value_of_rest(c, &rest);
	text_addf(ret, "\t%s:) ", c->name);
	add_value(ret, &rest);
}

static void add(struct text *ret)
{
	AUTO_TEXT struct text names = text_make(1 << 14);
	for (size_t i = 0; i < command_count; i++)
		text_addf(&names, "%s\n", commands[i]->name);
	text_add_string(&names, "help\n--help\n--version");
	text_add_string(ret, "# bash completion for airgap-verify, made from its table of commands\n"
			     "_airgap_verify_table()\n{\n\tkinds= words=\n\tcase $1 in\n\t:)");
	add_words(ret, text_slice(&names));
	text_add_string(ret, " ;;\n");
	for (size_t i = 0; i < command_count; i++)
		add_command(ret, commands[i]);
	text_add_string(ret, "\tesac\n}\n\n");
}

const struct shell shell_bash = {"bash", add};
