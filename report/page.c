/* SPDX-License-Identifier: Apache-2.0 */
#include "report/page.h"

#include "core/file.h"

#include <cairo-pdf.h>
#include <stdio.h>

const struct page_colour page_black = {0, 0, 0}, page_grey = {0.38, 0.38, 0.38},
			 page_pale = {0.94, 0.945, 0.95};

static const char *const style_fonts[PAGE_STYLES] = {
	[PAGE_TITLE] = "DejaVu Sans Bold 19",
	[PAGE_VERDICT] = "DejaVu Sans Bold 27",
	[PAGE_HEADING] = "DejaVu Sans Bold 12.5",
	[PAGE_SUBHEADING] = "DejaVu Sans Bold 9",
	[PAGE_BODY] = "DejaVu Sans 8.5",
	[PAGE_BOLD] = "DejaVu Sans Bold 8.5",
	[PAGE_SMALL] = "DejaVu Sans 7",
	[PAGE_CELL] = "DejaVu Sans 7",
	[PAGE_CELL_BOLD] = "DejaVu Sans Bold 7",
	[PAGE_CELL_MONO] = "DejaVu Sans Mono 6.2",
};

/* cairo is told of no failure: told that a write failed, it ends the process by an assertion
 * of its own (1.16). page_end() tells. */
static cairo_status_t write_bytes(void *closure, const unsigned char *bytes, unsigned size)
{
	struct page *p = closure;
	if (p->fd >= 0 && !p->status)
		p->status = file_write_fd(p->fd, slice_of(bytes, size), "the document", p->err);
	return CAIRO_STATUS_SUCCESS;
}

/* Header and footer. In the first run the number of pages is not known, and
 * nothing depends on it. */
static void draw_margins(struct page *p)
{
	char numbers[64];
	const double foot = p->paper_height;
	snprintf(numbers, sizeof numbers, "page %u of %u", p->number, p->form->total);
	const struct {
		const char *text;
		PangoAlignment side;
		double y, from, share;
		enum page_style style;
	} parts[] = {
		{p->form->running_left, PANGO_ALIGN_LEFT, 32, 0, 0.6, PAGE_SMALL},
		{p->form->running_right, PANGO_ALIGN_RIGHT, 32, 0.62, 0.38, PAGE_SMALL},
		{"airgap-verify " VERSION, PANGO_ALIGN_LEFT, foot - 42, 0, 0.6, PAGE_SMALL},
		{numbers, PANGO_ALIGN_RIGHT, foot - 42, 0.62, 0.38, PAGE_SMALL},
		{p->form->marking, PANGO_ALIGN_CENTER, 16, 0, 1, PAGE_BOLD},
		{p->form->marking, PANGO_ALIGN_CENTER, foot - 29, 0, 1, PAGE_BOLD},
	};
	PangoLayout *body = p->layout;
	const char *tag = p->cell_tag;
	p->layout = p->margin_layout;
	p->cell_tag = "";
	for (size_t i = 0; i < LENGTH(parts); i++) {
		page_colour(p, parts[i].style == PAGE_BOLD ? page_black : page_grey);
		page_aligned_at(p, parts[i].style, parts[i].side, PAGE_LEFT + p->inner * parts[i].from,
				parts[i].y, p->inner * parts[i].share, 1, parts[i].text);
	}
	p->layout = body;
	p->cell_tag = tag;
	page_colour(p, page_grey);
	page_rule(p, 45, 0.5);
	page_rule(p, foot - 47, 0.5);
	page_colour(p, page_black);
}

static void start_page(struct page *p)
{
	p->number++;
	p->y = PAGE_TOP;
	draw_margins(p);
}

static PangoLayout *new_layout(struct page *p)
{
	PangoLayout *layout = pango_layout_new(p->context);
	pango_layout_set_wrap(layout, PANGO_WRAP_WORD_CHAR);
	/* text from elsewhere must not turn a line around */
	pango_layout_set_auto_dir(layout, FALSE);
	pango_layout_set_attributes(layout, p->plain);
	return layout;
}

/* Nothing of the environment (language, screen, locale) may show in the result. */
static void open_fonts(struct page *p)
{
	p->fonts = pango_cairo_font_map_new_for_font_type(CAIRO_FONT_TYPE_FT);
	pango_cairo_font_map_set_resolution(PANGO_CAIRO_FONT_MAP(p->fonts), 72);
	p->context = pango_font_map_create_context(p->fonts);
	pango_context_set_language(p->context, pango_language_from_string("en"));
	pango_context_set_base_dir(p->context, PANGO_DIRECTION_LTR);
	pango_context_set_round_glyph_positions(p->context, FALSE); /* no pixels here */
	cairo_font_options_t *options = cairo_font_options_create();
	cairo_font_options_set_hint_style(options, CAIRO_HINT_STYLE_NONE);
	cairo_font_options_set_hint_metrics(options, CAIRO_HINT_METRICS_OFF);
	pango_cairo_context_set_font_options(p->context, options);
	cairo_font_options_destroy(options);
	for (size_t i = 0; i < PAGE_STYLES; i++)
		p->styles[i] = pango_font_description_from_string(style_fonts[i]);
	p->plain = pango_attr_list_new();
	pango_attr_list_insert(p->plain, pango_attr_insert_hyphens_new(FALSE));
	p->layout = new_layout(p);
	p->margin_layout = new_layout(p);
}

void page_begin(struct page *ret, int fd, const struct page_form *form)
{
	static const double sizes[][2] = {[PAGE_A4] = {595.28, 841.89}, [PAGE_LETTER] = {612, 792}};
	const double width = sizes[form->paper][0], height = sizes[form->paper][1];
	*ret = (struct page){
		.fd = fd,
		.form = form,
		.cell_tag = "P",
		.paper_width = width,
		.paper_height = height,
		.inner = width - 2 * PAGE_LEFT,
		.bottom = height - 58,
		.x = PAGE_LEFT,
		.width = width - 2 * PAGE_LEFT,
		.err = must_alloc(1, sizeof *ret->err),
	};
	ret->surface = cairo_pdf_surface_create_for_stream(write_bytes, ret, width, height);
	cairo_pdf_surface_restrict_to_version(ret->surface, CAIRO_PDF_VERSION_1_5);
	cairo_pdf_surface_set_metadata(ret->surface, CAIRO_PDF_METADATA_TITLE, form->title);
	cairo_pdf_surface_set_metadata(ret->surface, CAIRO_PDF_METADATA_CREATOR,
				       "airgap-verify " VERSION);
	/* without one cairo takes the time of day */
	cairo_pdf_surface_set_metadata(ret->surface, CAIRO_PDF_METADATA_CREATE_DATE, form->date);
	ret->cr = cairo_create(ret->surface);
	open_fonts(ret);
	start_page(ret);
}

enum status page_end(struct page *p, struct error *err)
{
	cairo_status_t drawn = cairo_status(p->cr);
	cairo_destroy(p->cr);
	cairo_surface_finish(p->surface);
	cairo_status_t finished = cairo_surface_status(p->surface);
	cairo_surface_destroy(p->surface);
	if (p->form->drawn && p->fd >= 0)
		drawn_take(p->used, p->used_count, p->form->drawn);
	for (size_t i = 0; i < p->used_count; i++)
		g_object_unref(p->used[i]);
	g_object_unref(p->layout);
	g_object_unref(p->margin_layout);
	pango_attr_list_unref(p->plain);
	g_object_unref(p->context);
	g_object_unref(p->fonts);
	for (size_t i = 0; i < PAGE_STYLES; i++)
		pango_font_description_free(p->styles[i]);
	enum status status = p->status;
	if (status)
		status = fail(err, status, "%s", p->err->text);
	else if (p->too_many)
		status = fail(err, ERR_LIMIT, "more than %d pages", PAGE_COUNT_MAX);
	else if (drawn || finished)
		status = fail(err, ERR_INTERNAL, "cairo: %s",
			      cairo_status_to_string(drawn ? drawn : finished));
	free(p->err);
	return status;
}

void page_break(struct page *p)
{
	/* what is drawn past the maximum is thrown away: page_end() refuses it */
	if (p->number >= PAGE_COUNT_MAX) {
		p->too_many = true;
		p->y = PAGE_TOP;
		return;
	}
	cairo_show_page(p->cr);
	start_page(p);
}

void page_need(struct page *p, double height)
{
	if (p->y + height > p->bottom && p->y > PAGE_TOP)
		page_break(p);
}

void page_space(struct page *p, double height)
{
	if (p->y > PAGE_TOP)
		p->y += height;
}

void page_colour(struct page *p, struct page_colour c)
{
	cairo_set_source_rgb(p->cr, c.red, c.green, c.blue);
}

void page_line(struct page *p, double x, double y, double x2, double y2, double thickness)
{
	cairo_set_line_width(p->cr, thickness);
	cairo_move_to(p->cr, x, y);
	cairo_line_to(p->cr, x2, y2);
	cairo_stroke(p->cr);
}

void page_rule(struct page *p, double y, double thickness)
{
	page_line(p, PAGE_LEFT, y, PAGE_LEFT + p->inner, y, thickness);
}

void page_box(struct page *p, double x, double y, double width, double height,
	      struct page_colour fill)
{
	page_colour(p, fill);
	cairo_rectangle(p->cr, x, y, width, height);
	cairo_fill(p->cr);
	page_colour(p, page_black);
}

#if defined(__has_feature)
#if __has_feature(address_sanitizer)
#define UNDER_ASAN
#endif
#elif defined(__SANITIZE_ADDRESS__)
#define UNDER_ASAN
#endif

#ifdef UNDER_ASAN
/* fontconfig keeps pointers of its configuration as offsets, which the leak
 * checker cannot follow. */
const char *__lsan_default_suppressions(void);

const char *__lsan_default_suppressions(void)
{
	return "leak:libfontconfig.so\n";
}
#endif
