/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A question and a reply; the question that the reply is held against is fixed, and so is the
 * authority (none that signed anything here).
 */
#include "report/timestamp.h"

int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size);

int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size)
{
	static const unsigned char digest[HASH_SIZE];
	static const char pem[] =
		"-----BEGIN CERTIFICATE-----\n"
		"MIIBnjCCAUOgAwIBAgIUQvQxnS536u8C8fA4E/g615djVtAwCgYIKoZIzj0EAwIw\n"
		"JDEQMA4GA1UECgwHRXhhbXBsZTEQMA4GA1UEAwwHVGVzdCBjYTAeFw0yNjExMjgw\n"
		"OTUyMTBaFw0zNjExMjUwOTUyMTBaMCQxEDAOBgNVBAoMB0V4YW1wbGUxEDAOBgNV\n"
		"BAMMB1Rlc3QgY2EwWTATBgcqhkjOPQIBBggqhkjOPQMBBwNCAATNIzzexL5pyFUD\n"
		"X+HTIdBLl5l6N6VDzb+2PupiEf5NAyzMqXNE2WI23w+iD6ZFnQWWaakaWd+vp6+q\n"
		"1DyM417ao1MwUTAdBgNVHQ4EFgQUZ+4aj+lPkTVajInCIQyEfXkqSFMwHwYDVR0j\n"
		"BBgwFoAUZ+4aj+lPkTVajInCIQyEfXkqSFMwDwYDVR0TAQH/BAUwAwEB/zAKBggq\n"
		"hkjOPQQDAgNJADBGAiEA+pRuJJuHxrs/n8MlJpyrfcgj5u54P212sH3wMJT9bk8C\n"
		"IQD8GhXBGZy13C4AmCcAbNwIe0zgC+slMvtjY//4A+vZDg==\n"
		"-----END CERTIFICATE-----\n";
	AUTO_TEXT struct text query = text_make(TIMESTAMP_QUERY_MAX), token = text_make(TIMESTAMP_REPLY_MAX);
	struct timestamp found;
	struct error err;
	timestamp_query(digest, &query);
	(void)timestamp_is_query(slice_of(data, size), digest);
	(void)!timestamp_token(slice_of(data, size), &token, &err);
	(void)!timestamp_check(text_slice(&query), slice_of(data, size), SLICE(pem), 0, &found, &err);
	return 0;
}
