/* SPDX-License-Identifier: Apache-2.0 */
#include "report/pades.h"

#include "core/auto.h"
#include "core/clock.h"
#include "core/file.h"
#include "report/cms.h"
#include "report/pdf_profile.h"
#include "report/pdf_update.h"

#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

enum {
	SIGNATURE_MAX = 8192, /* bytes that are kept free for the CMS … */
	STAMPED_MAX = 24576,  /* … with a time stamp in it, which holds certificates of others */
	RANGE_SIZE = 64,      /* characters that are kept free for the /ByteRange */
	TEXT_MAX = 1 << 16,
};

static const char sub_filter[] = "/SubFilter /ETSI.CAdES.detached";

struct numbers {
	uint64_t signature, field, metadata, profile;
};

/* Where the parts lie that are filled in last. */
struct places {
	size_t range, contents; /* of "[0 …" and of "<000…" */
	size_t room;            /* bytes for the CMS, as twice as many digits */
};

static void add_signature(struct pdf_update *u, uint64_t number, const struct pades_facts *facts, struct places *ret)
{
	pdf_update_open(u, number);
	text_addf(u->out, "<< /Type /Sig /Filter /Adobe.PPKLite %s\n   /M ", sub_filter);
	pdf_update_date(u->out, facts->signed_ns);
	text_add_string(u->out, " /Name ");
	pdf_update_string(u->out, facts->name);
	text_add_string(u->out, " /Reason ");
	pdf_update_string(u->out, facts->reason);
	text_add_string(u->out, "\n   /ByteRange ");
	ret->range = u->out->size;
	text_addf(u->out, "%*s\n   /Contents ", RANGE_SIZE, "");
	ret->contents = u->out->size;
	ret->room = facts->stamp ? STAMPED_MAX : SIGNATURE_MAX;
	text_add_char(u->out, '<');
	for (size_t i = 0; i < 2 * ret->room; i++)
		text_add_char(u->out, '0');
	text_add_string(u->out, "> >>");
	pdf_update_close(u);
}

/* XMP (ISO 16684-1): RDF in a packet, to be found without reading the PDF. */
static void add_metadata(struct pdf_update *u, uint64_t number, const struct pades_facts *facts)
{
	char time[CLOCK_TEXT_MAX];
	AUTO_TEXT struct text xmp = text_make(TEXT_MAX);
	clock_text(facts->made_ns, 0, time);
	text_addf(&xmp,
		  "<?xpacket begin=\"\xef\xbb\xbf\" id=\"W5M0MpCehiHzreSzNTczkc9d\"?>\n"
		  "<x:xmpmeta xmlns:x=\"adobe:ns:meta/\"><rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\">\n"
		  "<rdf:Description rdf:about=\"\" xmlns:dc=\"http://purl.org/dc/elements/1.1/\" "
		  "xmlns:xmp=\"http://ns.adobe.com/xap/1.0/\" xmlns:pdf=\"http://ns.adobe.com/pdf/1.3/\">\n"
		  "<dc:title><rdf:Alt><rdf:li xml:lang=\"x-default\">%s</rdf:li></rdf:Alt></dc:title>\n"
		  "<dc:language><rdf:Bag><rdf:li>en</rdf:li></rdf:Bag></dc:language>\n"
		  "<xmp:CreateDate>%s</xmp:CreateDate><xmp:CreatorTool>airgap-verify " VERSION "</xmp:CreatorTool>\n"
		  "</rdf:Description></rdf:RDF></x:xmpmeta>\n<?xpacket end=\"r\"?>",
		  facts->title, time);
	pdf_update_open(u, number);
	text_addf(u->out, "<< /Type /Metadata /Subtype /XML /Length %zu >>\nstream\n", xmp.size);
	text_add(u->out, text_slice(&xmp));
	text_add_string(u->out, "\nendstream");
	pdf_update_close(u);
}

static void add_profile(struct pdf_update *u, uint64_t number)
{
	AUTO_TEXT struct text icc = text_make(TEXT_MAX);
	pdf_profile_add(&icc);
	pdf_update_open(u, number);
	text_addf(u->out, "<< /N 3 /Length %zu >>\nstream\n", icc.size);
	text_add(u->out, text_slice(&icc));
	text_add_string(u->out, "\nendstream");
	pdf_update_close(u);
}

static enum status change_catalogue(struct pdf_update *u, const struct numbers *n, struct error *err)
{
	struct slice was;
	enum status status = pdf_update_dictionary(u, u->root, &was, err);
	if (status)
		return status;
	pdf_update_open(u, u->root);
	text_add_string(u->out, "<<");
	text_add(u->out, was);
	text_addf(u->out,
		  "   /AcroForm << /Fields [%" PRIu64 " 0 R] /SigFlags 3 >>\n   /Metadata %" PRIu64 " 0 R",
		  n->field, n->metadata);
	/* newer libraries write a language of their own */
	if (slice_search(was, SLICE("/Lang")) == was.size)
		text_add_string(u->out, " /Lang (en)");
	/* the library writes the structure and not that there is one (14.7.1) */
	if (slice_search(was, SLICE("/StructTreeRoot")) < was.size && slice_search(was, SLICE("/MarkInfo")) == was.size)
		text_add_string(u->out, " /MarkInfo << /Marked true >>");
	if (slice_search(was, SLICE("/ViewerPreferences")) == was.size)
		text_add_string(u->out, " /ViewerPreferences << /DisplayDocTitle true >>");
	text_addf(u->out,
		  "\n   /OutputIntents [<< /Type /OutputIntent /S /GTS_PDFA1 /OutputConditionIdentifier (sRGB) /Info (sRGB) "
		  "/DestOutputProfile %" PRIu64 " 0 R >>]\n>>",
		  n->profile);
	pdf_update_close(u);
	return OK;
}

/* The page of the field lists it among its annotations. */
static enum status change_page(struct pdf_update *u, uint64_t field, struct error *err)
{
	struct slice was;
	enum status status = pdf_update_dictionary(u, u->first_page, &was, err);
	if (status)
		return status;
	size_t at = slice_search(was, SLICE("/Annots"));
	size_t open = at + slice_find(slice_part(was, at, was.size), '[');
	size_t end = open + slice_find(slice_part(was, open, was.size), ']');
	if (at < was.size && (end >= was.size || open > at + sizeof "/Annots  "))
		return fail(err, ERR_MALFORMED, "the first page of the PDF lists its links elsewhere; it cannot be signed");
	pdf_update_open(u, u->first_page);
	text_add_string(u->out, "<<");
	if (at < was.size) {
		text_add(u->out, slice_part(was, 0, end));
		text_addf(u->out, " %" PRIu64 " 0 R", field);
		text_add(u->out, slice_part(was, end, was.size));
	} else {
		text_add(u->out, was);
		text_addf(u->out, "   /Annots [%" PRIu64 " 0 R]\n", field);
	}
	text_add_string(u->out, ">>");
	pdf_update_close(u);
	return OK;
}

/* What is signed is the whole file but the place of the signature (ISO 32000-1, 12.8.1). */
static enum status fill_in(struct text *out, const struct places *p, const struct signing *s,
			   const struct timestamp_source *stamp, struct error *err)
{
	char range[RANGE_SIZE + 1];
	unsigned char digest[HASH_SIZE];
	size_t behind = p->contents + 2 * p->room + 2;
	int size = snprintf(range, sizeof range, "[0 %zu %zu %zu]", p->contents, behind, out->size - behind);
	memcpy(out->at + p->range, range, (size_t)size);
	AUTO_HASH struct hash *hash = hash_new();
	hash_add(hash, slice_part(text_slice(out), 0, p->contents));
	hash_add(hash, slice_part(text_slice(out), behind, out->size));
	hash_peek(hash, digest);
	AUTO_TEXT struct text cms = text_make(CMS_SIZE_MAX), hex = text_make(2 * CMS_SIZE_MAX);
	enum status status = cms_sign_stamped(s, digest, CMS_NO_TIME, stamp, &cms, err);
	if (status)
		return status;
	if (cms.size > p->room)
		return fail(err, ERR_LIMIT, "a signature of %zu bytes; there is room for %zu in the PDF", cms.size, p->room);
	text_add_hex(&hex, cms.at, cms.size);
	memcpy(out->at + p->contents + 1, hex.at, hex.size);
	return OK;
}

enum status pades_sign(struct slice pdf, const struct signing *s, const struct pades_facts *facts, struct text *ret,
		       struct error *err)
{
	struct pdf_update u;
	struct places places;
	enum status status = pdf_update_begin(pdf, ret, &u, err);
	if (status)
		return status;
	struct numbers n = {pdf_update_number(&u), pdf_update_number(&u), pdf_update_number(&u), pdf_update_number(&u)};
	add_signature(&u, n.signature, facts, &places);
	pdf_update_open(&u, n.field);
	text_addf(u.out, "<< /Type /Annot /Subtype /Widget /FT /Sig /T (Signature1) /V %" PRIu64 " 0 R /P %" PRIu64
		  " 0 R /Rect [0 0 0 0] /F 132 >>", n.signature, u.first_page);
	pdf_update_close(&u);
	add_metadata(&u, n.metadata, facts);
	add_profile(&u, n.profile);
	status = change_catalogue(&u, &n, err);
	if (!status)
		status = change_page(&u, n.field, err);
	if (status)
		return status;
	pdf_update_end(&u);
	if (ret->overflow)
		return fail(err, ERR_LIMIT, "a PDF of more than %d bytes", PDF_FILE_MAX);
	return fill_in(ret, &places, s, facts->stamp, err);
}

static bool is_signed(struct slice pdf)
{
	struct slice tail = slice_part(pdf, pdf.size > TEXT_MAX ? pdf.size - TEXT_MAX : 0, TEXT_MAX);
	return slice_search(tail, slice_of_string(sub_filter)) < tail.size;
}

enum status pades_sign_report(int folder_fd, const struct signing *s, const struct pades_facts *facts, struct error *err)
{
	static const char name[] = "report.pdf";
	AUTO_FD int fd = openat(folder_fd, "report", O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
	if (fd < 0 || faccessat(fd, name, F_OK, AT_SYMLINK_NOFOLLOW) != 0)
		return OK;
	AUTO_TEXT struct text pdf = text_make(PDF_FILE_MAX), signed_pdf = text_make(PDF_FILE_MAX);
	enum status status = file_read(fd, name, PDF_FILE_MAX, &pdf, err);
	if (status || is_signed(text_slice(&pdf)))
		return status;
	status = pades_sign(text_slice(&pdf), s, facts, &signed_pdf, err);
	if (!status)
		status = file_write(fd, name, text_slice(&signed_pdf), err);
	return status ? fail_in(err, "%s", name) : OK;
}
