/* SPDX-License-Identifier: Apache-2.0 */
#ifndef REPORT_PDF_PROFILE_H
#define REPORT_PDF_PROFILE_H

#include "core/text.h"

/* Adds a colour profile for sRGB (ICC.1:2001-04, a matrix and one gamma), for the output
 * intent of a PDF: what its red, green and blue mean. */
void pdf_profile_add(struct text *out);

#endif
