/* SPDX-License-Identifier: Apache-2.0 */
#ifndef TESTS_UNIT_HEAD_FIXTURE_H
#define TESTS_UNIT_HEAD_FIXTURE_H

/*
 * Sealed sessions, and the heads of their evidence.
 */

#include "tests/unit/seal_fixture.h"

#include "core/head.h"

#define ONE "00112233445566778899aabbccddeeff"
#define OTHER "ffeeddccbbaa99887766554433221100"

/* A log of three checkpoints, and in `ret` the heads behind them. */
static inline void fixture_log(const struct scratch *s, const char *session, const char *more, struct head ret[static 3])
{
	AUTO_TEXT struct text out = text_make(1 << 20), first = text_make(4096);
	unsigned char key[KEY_PUBLIC_SIZE];
	struct chain_writer *w = chain_writer_new();
	chain_first_key(w, key);
	text_addf(&first, "{\"kind\":\"open\",\"t\":1,\"session\":\"%s\",\"next_key\":\"", session);
	text_add_hex(&first, key, sizeof key);
	text_add_string(&first, "\"}\n");
	fixture_line(w, &out, text_string(&first));
	for (int i = 0; i < 3; i++) {
		fixture_line(w, &out, i == 1 ? more : "{\"kind\":\"attempt\",\"t\":2}\n");
		chain_checkpoint(w, (struct clock_pair){FIXTURE_NOW, 3 + i}, SLICE("{}"), i == 2, &out);
		ret[i] = (struct head){.state = (enum head_state)i, .wall_ns = FIXTURE_NOW, .records = 3, .bytes = chain_bytes(w)};
		snprintf(ret[i].session, sizeof ret[i].session, "%s", session);
		chain_digest(w, ret[i].sha256);
	}
	chain_writer_free(w);
	scratch_put(s, "evidence.ndjson", text_slice(&out));
}

static inline void fixture_seal_it(const struct scratch *s)
{
	struct error err = {0};
	struct signing *signing = fixture_signing();
	assert_int_equal(fixture_seal(s, signing, "r", &err), OK);
	signing_free(signing);
}

#endif
