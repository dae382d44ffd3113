/* SPDX-License-Identifier: Apache-2.0 */
#ifndef REPORT_HOW_TO_WORDS_H
#define REPORT_HOW_TO_WORDS_H

/*
 * Inside of how_to_verify.c: the parts of HOW_TO_VERIFY.txt that hold no command to be run as it
 * stands.
 */

extern const char how_to_contents[], how_to_contents_of_bundle[], how_to_contents_of_fleet[];
extern const char how_to_elsewhere[]; /* on other systems */
extern const char how_to_meaning[];

#endif
