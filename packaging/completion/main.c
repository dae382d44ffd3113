/* SPDX-License-Identifier: Apache-2.0 */
/*
 * completion SHELL: prints what that shell completes airgap-verify's command lines by, from
 * the table of commands. It runs while the packages are built and is not installed.
 */
#include "packaging/completion/shell.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

enum { OUTPUT_MAX = 1 << 20 };

static const struct shell *const shells[] = {&shell_bash, &shell_zsh, &shell_fish};

void shell_quote(struct text *ret, struct slice text, const char *quote, const char *special)
{
	text_add_char(ret, '\'');
	for (size_t i = 0; i < text.size; i++) {
		const char c = (char)text.at[i];
		if (c == '\'') {
			text_add_string(ret, quote);
			continue;
		}
		if (strchr(special, c))
			text_add_char(ret, '\\');
		text_add_char(ret, c);
	}
	text_add_char(ret, '\'');
}

static int print(const struct text *out)
{
	if (!out->overflow && fputs(text_string(out), stdout) != EOF && fflush(stdout) == 0)
		return 0;
	fprintf(stderr, "completion: cannot write to standard output: %s\n",
		out->overflow ? "it would be too long" : strerror(errno));
	return error_exit(ERR_IO);
}

int main(int argc, char *argv[])
{
	AUTO_TEXT struct text out = text_make(OUTPUT_MAX);
	for (size_t i = 0; i < LENGTH(shells) && argc == 2; i++) {
		if (strcmp(argv[1], shells[i]->name) != 0)
			continue;
		shells[i]->add(&out);
		return print(&out);
	}
	fputs("usage: completion bash|zsh|fish\n", stderr);
	return error_exit(ERR_USAGE);
}
