/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What the loader put into memory of the program's file and is not code (elf(5), PT_LOAD):
 * strings, tables, names of symbols. What debuggers want is not loaded, and not looked at.
 */
#include "cli/own_text.h"

#include <link.h>
#include <string.h>

/* Libraries that write documents for it, whose words stand in them too. */
static bool writes(const char *path)
{
	static const char *const writers[] = {"libcairo", "libxlsxwriter", "libsqlite3"};
	for (size_t i = 0; i < LENGTH(writers); i++)
		if (strstr(path, writers[i]))
			return true;
	return path[0] == 0; /* the program itself */
}

static int add_program(struct dl_phdr_info *info, size_t size, void *to)
{
	(void)size;
	if (!writes(info->dlpi_name))
		return 0;
	for (int i = 0; i < info->dlpi_phnum; i++) {
		const ElfW(Phdr) *h = &info->dlpi_phdr[i];
		if (h->p_type == PT_LOAD && !(h->p_flags & (PF_X | PF_W)))
			text_add(to, slice_of((const void *)(info->dlpi_addr + h->p_vaddr), h->p_filesz));
	}
	return 0;
}

void own_text(struct text *ret)
{
	dl_iterate_phdr(add_program, ret);
}
