/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What the loader put into memory of the program's file and is not code (elf(5), PT_LOAD):
 * strings, tables, names of symbols. What debuggers want is not loaded, and not looked at.
 */
#include "cli/own_words.h"

#include "redact/pseudonym.h"

#include <link.h>

enum { TEXTS_MAX = 256 << 20, WORD_LEAST = 4, WORD_MAX = 64 };

static void add_words(struct intern *to, struct slice memory)
{
	char word[WORD_MAX];
	for (size_t at = 0; at < memory.size; at++) {
		size_t size = 0;
		for (; at < memory.size && pseudonym_is_part(memory.at[at]) && memory.at[at] < 0x80; at++)
			if (size < WORD_MAX) {
				unsigned char c = memory.at[at];
				word[size++] = (char)(c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c);
			}
		if (size >= WORD_LEAST && size < WORD_MAX)
			(void)intern_add(to, slice_of(word, size));
	}
}

/* The first that is told of is the program itself. */
static int add_program(struct dl_phdr_info *info, size_t size, void *to)
{
	(void)size;
	for (int i = 0; i < info->dlpi_phnum; i++) {
		const ElfW(Phdr) *h = &info->dlpi_phdr[i];
		if (h->p_type == PT_LOAD && !(h->p_flags & (PF_X | PF_W)))
			add_words(to, slice_of((const void *)(info->dlpi_addr + h->p_vaddr), h->p_filesz));
	}
	return 1;
}

struct intern *own_words(void)
{
	struct intern *words = intern_new(TEXTS_MAX);
	dl_iterate_phdr(add_program, words);
	return words;
}
