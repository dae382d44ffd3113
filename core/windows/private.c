/* SPDX-License-Identifier: Apache-2.0 */
#include "core/windows/private.h"

#include <windows.h>

#include <sddl.h>
#include <stdbool.h>
#include <wchar.h>

enum { SID_TEXT_MAX = 192 /* the longest has 187 units */, SDDL_MAX = 256 };

/* The user of this process as "S-1-5-…". */
static bool user_of_process(wchar_t *ret, size_t capacity)
{
	union {
		TOKEN_USER user;
		unsigned char bytes[sizeof(TOKEN_USER) + SECURITY_MAX_SID_SIZE];
	} found;
	DWORD size = 0;
	HANDLE token;
	wchar_t *text = NULL;
	if (!OpenProcessToken(GetCurrentProcess(), TOKEN_QUERY, &token))
		return false;
	bool told = GetTokenInformation(token, TokenUser, &found, sizeof found, &size) &&
		    ConvertSidToStringSidW(found.user.User.Sid, &text) &&
		    wcslen(text) < capacity;
	CloseHandle(token);
	if (told)
		wmemcpy(ret, text, wcslen(text) + 1);
	LocalFree(text);
	return told;
}

void *private_descriptor(void)
{
	static PSECURITY_DESCRIPTOR made;
	wchar_t user[SID_TEXT_MAX], sddl[SDDL_MAX];
	if (made || !user_of_process(user, SID_TEXT_MAX))
		return made;
	/* protected from what the folder around would add */
	if (swprintf(sddl, SDDL_MAX, L"D:P(A;OICI;FA;;;%ls)(A;OICI;FA;;;SY)(A;OICI;FA;;;BA)", user) > 0)
		(void)ConvertStringSecurityDescriptorToSecurityDescriptorW(sddl, SDDL_REVISION_1,
									    &made, NULL);
	return made;
}
