/* SPDX-License-Identifier: Apache-2.0 */
#include "report/drawn.h"

#include <hb.h>
#include <pango/pangocairo.h>
#include <string.h>

static const char *const libraries[DRAWN_LIBRARIES] = {
	[DRAWN_CAIRO] = "cairo", [DRAWN_PANGO] = "pango", [DRAWN_HARFBUZZ] = "harfbuzz"};

static void set_text(char *ret, size_t size, const char *text)
{
	AUTO_TEXT struct text shown = text_make(size - 1);
	text_add_printable(&shown, slice_of_string(text), size - 1);
	if (shown.overflow || !slice_to_string(text_slice(&shown), ret, size))
		ret[0] = 0;
}

/* The bytes of the file, which is mapped already. */
static bool hash_file(PangoFont *font, unsigned char ret[static HASH_SIZE])
{
	hb_font_t *hb = pango_font_get_hb_font(font);
	hb_blob_t *blob = hb_face_reference_blob(hb_font_get_face(hb));
	unsigned size;
	const char *bytes = hb_blob_get_data(blob, &size);
	if (size)
		hash_bytes(slice_of(bytes, size), ret);
	hb_blob_destroy(blob);
	return size > 0;
}

static void name_it(PangoFont *font, char ret[static DRAWN_NAME_MAX])
{
	PangoFontDescription *d = pango_font_describe(font);
	pango_font_description_unset_fields(d, PANGO_FONT_MASK_SIZE);
	char *name = pango_font_description_to_string(d);
	set_text(ret, DRAWN_NAME_MAX, name);
	g_free(name);
	pango_font_description_free(d);
}

static bool is_known(const struct drawn *d, const char *name)
{
	for (size_t i = 0; i < d->count; i++)
		if (!strcmp(d->fonts[i].name, name))
			return true;
	return false;
}

void drawn_take(PangoFont *const fonts[], size_t count, struct drawn *ret)
{
	*ret = (struct drawn){.count = 0};
	set_text(ret->versions[DRAWN_CAIRO], DRAWN_VERSION_MAX, cairo_version_string());
	set_text(ret->versions[DRAWN_PANGO], DRAWN_VERSION_MAX, pango_version_string());
	set_text(ret->versions[DRAWN_HARFBUZZ], DRAWN_VERSION_MAX, hb_version_string());
	for (size_t i = 0; i < count && ret->count < DRAWN_FONTS_MAX; i++) {
		struct drawn_font *f = &ret->fonts[ret->count];
		name_it(fonts[i], f->name);
		/* one of another size */
		if (!is_known(ret, f->name) && hash_file(fonts[i], f->digest))
			ret->count++;
	}
}

void drawn_write(const struct drawn *d, struct json *j)
{
	if (!d->count)
		return;
	json_begin_object(j, "pdf");
	for (size_t i = 0; i < DRAWN_LIBRARIES; i++)
		json_add_string(j, libraries[i], d->versions[i]);
	json_begin_array(j, "fonts");
	for (size_t i = 0; i < d->count; i++) {
		json_begin_object(j, NULL);
		json_add_string(j, "name", d->fonts[i].name);
		json_add_hex(j, "sha256", d->fonts[i].digest, HASH_SIZE);
		json_end_object(j);
	}
	json_end_array(j);
	json_end_object(j);
}

static bool read_text(const struct json_value *v, char *ret, size_t size)
{
	char buffer[DRAWN_NAME_MAX];
	struct slice plain;
	return json_string(v, buffer, sizeof buffer, &plain) && slice_to_string(plain, ret, size);
}

static bool read_font(const struct json_value *v, struct drawn_font *ret)
{
	struct json_member m[] = {{.key = "name"}, {.key = "sha256"}};
	return v->type == JSON_OBJECT && !json_read_object(v->raw, m, LENGTH(m), NULL) &&
	       read_text(&m[0].value, ret->name, sizeof ret->name) && m[1].value.type == JSON_STRING &&
	       slice_hex_bytes(m[1].value.raw, HASH_SIZE, ret->digest);
}

bool drawn_read(const struct json_value *v, struct drawn *ret)
{
	struct json_member m[DRAWN_LIBRARIES + 1] = {[DRAWN_LIBRARIES] = {.key = "fonts"}};
	struct json_value font;
	*ret = (struct drawn){.count = 0};
	for (size_t i = 0; i < DRAWN_LIBRARIES; i++)
		m[i].key = libraries[i];
	if (v->type != JSON_OBJECT || json_read_object(v->raw, m, LENGTH(m), NULL) || m[DRAWN_LIBRARIES].value.type != JSON_ARRAY)
		return false;
	for (size_t i = 0; i < DRAWN_LIBRARIES; i++)
		if (!read_text(&m[i].value, ret->versions[i], DRAWN_VERSION_MAX))
			return false;
	struct cursor fonts = json_array(&m[DRAWN_LIBRARIES].value);
	while (json_next(&fonts, &font)) {
		if (ret->count == DRAWN_FONTS_MAX || !read_font(&font, &ret->fonts[ret->count]))
			return false;
		ret->count++;
	}
	return ret->count > 0;
}

static const struct drawn_font *find(const struct drawn *d, const char *name)
{
	for (size_t i = 0; i < d->count; i++)
		if (!strcmp(d->fonts[i].name, name))
			return &d->fonts[i];
	return NULL;
}

bool drawn_differs(const struct drawn *was, const struct drawn *is, struct text *out)
{
	size_t before = out->size;
	char digest[HASH_TEXT_MAX];
	if (!was->count || !is->count)
		return false;
	for (size_t i = 0; i < DRAWN_LIBRARIES; i++)
		if (strcmp(was->versions[i], is->versions[i]) != 0)
			text_addf(out, "%s %s, and here %s\n", libraries[i], was->versions[i], is->versions[i]);
	for (size_t i = 0; i < was->count; i++) {
		const struct drawn_font *f = &was->fonts[i], *here = find(is, f->name);
		hash_text(f->digest, digest);
		if (!here || memcmp(here->digest, f->digest, HASH_SIZE) != 0)
			text_addf(out, "the font %s (SHA-256 of its file %s), and here %s\n", f->name, digest,
				  here ? "another file of that name" : "none of that name was used");
	}
	for (size_t i = 0; i < is->count; i++)
		if (!find(was, is->fonts[i].name))
			text_addf(out, "no %s, and here that font was used\n", is->fonts[i].name);
	return out->size > before;
}
