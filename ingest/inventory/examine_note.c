/* SPDX-License-Identifier: Apache-2.0 */
#include "ingest/inventory/examine.h"

const char *examine_note_text(enum examine_note note)
{
	static const char *const texts[] = {
		[EXAMINE_DYNAMIC] = "URLs whose host is put together when the program runs",
		[EXAMINE_UNKNOWN] = "URLs whose host ends with no known top-level label, or is too long for a name",
		[EXAMINE_ENCRYPTED] = "encrypted members of archives",
		[EXAMINE_DAMAGED] = "archives that are damaged or cut off",
		[EXAMINE_ASAR] = "asar archives whose list cannot be read: searched as plain bytes",
		[EXAMINE_CLOSED] = "archives of a kind that is not opened (squashfs, NSIS, msi, rar, xar, rpm): searched as plain bytes",
		[EXAMINE_DEEP] = "archives within more than 5 others: searched as plain bytes",
		[EXAMINE_LARGE] = "archives within others, larger than 256 MiB: searched as plain bytes",
		[EXAMINE_BUDGET] = "files that unpack to more than 8 GiB: the rest was not read",
		[EXAMINE_MEMBERS] = "archives with more than 1048576 members: the rest was not read",
		[EXAMINE_SHORT] = "files or parts of them that ended early or could not be read",
	};
	return note < EXAMINE_NOTES ? texts[note] : "something";
}
