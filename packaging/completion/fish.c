/* SPDX-License-Identifier: Apache-2.0 */
/*
 * fish: a line for each option of each command, with what the help says of it.
 */
#include "packaging/completion/shell.h"
#include "packaging/completion/value.h"

static void add_quoted(struct text *ret, const char *before, struct slice text)
{
	text_add_string(ret, before);
	shell_quote(ret, text, "\\'", "\\");
}

/* An argument of -a is expanded as a command line is: each word is quoted once more there. */
static void add_words(struct text *ret, const struct value *v)
{
	AUTO_TEXT struct text words = text_make(1 << 16), all = text_make(1 << 16);
	struct cursor lines = cursor_over(text_slice(&v->words));
	struct slice word;
	while (value_next(&lines, &word))
		add_quoted(&words, words.size ? " " : "", word);
	if (v->list)
		text_addf(&all, "(__fish_complete_list , \"printf '%%s\\n' %s\")", text_string(&words));
	else if (v->words.size)
		text_add(&all, text_slice(&words));
	if (v->pids)
		text_add_string(&all, "(__fish_complete_pids)");
	if (v->ids || v->sessions)
		text_addf(&all, "%s(__airgap_verify_%s)", all.size ? " " : "", v->ids ? "ids" : "sessions");
	if (v->folders && !v->files)
		text_addf(&all, "%s(__fish_complete_directories)", all.size ? " " : "");
	if (all.size)
		add_quoted(ret, " -a ", text_slice(&all));
}

static void add_option(struct text *ret, const struct command *c, const struct argument *a)
{
	AUTO_VALUE struct value v;
	value_of_option(c, a, &v);
	if (!a->about)
		return;
	text_addf(ret, "complete -c airgap-verify -n '__airgap_verify_in %s' -l %s", c->name, a->name + 2);
	if (a->letter)
		text_addf(ret, " -s %c", a->letter);
	if (a->kind != ARGUMENT_FLAG) {
		text_add_string(ret, v.files ? " -rF" : " -x");
		add_words(ret, &v);
	}
	add_quoted(ret, " -d ", slice_of_string(a->about));
	text_add_char(ret, '\n');
}

static void add_command(struct text *ret, const struct command *c)
{
	AUTO_VALUE struct value rest;
	text_addf(ret, "complete -c airgap-verify -n __fish_use_subcommand -a %s", c->name);
	add_quoted(ret, " -d ", slice_of_string(c->summary));
	text_add_char(ret, '\n');
	for (size_t i = 0; i < c->argument_count; i++)
		add_option(ret, c, &c->arguments[i]);
	for (size_t i = 0; i < common_argument_count; i++)
		add_option(ret, c, &common_arguments[i]);
	value_of_rest(c, &rest);
	text_addf(ret, "complete -c airgap-verify -n '__airgap_verify_in %s'%s", c->name, rest.files ? " -F" : "");
	add_words(ret, &rest);
	text_add_char(ret, '\n');
	if (rest.command)
		text_addf(ret, "complete -c airgap-verify -n '__airgap_verify_behind %s' -a '(__airgap_verify_command)'\n", c->name);
}

static void add(struct text *ret)
{
	text_add_string(ret, "# fish completion for airgap-verify, made from its table of commands\n"
			     "complete -c airgap-verify -f\n"
			     "complete -c airgap-verify -n __fish_use_subcommand -l version -d 'which version this is'\n"
			     "complete -c airgap-verify -n __fish_use_subcommand -l help -s h -d 'the commands'\n");
	for (size_t i = 0; i < command_count; i++)
		add_command(ret, commands[i]);
	text_add_char(ret, '\n');
}

const struct shell shell_fish = {"fish", add};
