/* SPDX-License-Identifier: Apache-2.0 */
#ifndef INGEST_REGISTRY_H
#define INGEST_REGISTRY_H

#include "ingest/reader.h"

extern const struct reader reader_evidence, reader_session, reader_posture, reader_pcapng, reader_pcap, reader_snoop,
	reader_app_jsonl, reader_app_plain, reader_ss, reader_netstat,
	reader_netstat_windows, reader_lsof, reader_lsof_fields,
	reader_proc_net, reader_osquery, reader_nettop, reader_etl,
	reader_auditd, reader_event_xml, reader_net_log, reader_challenge, reader_benchmark, reader_past, reader_audit;

struct ingest_result;
struct ingest_options;

/* Reads one file into the rows that `to` names; ingest_file() and ingest_session()
 * are built on it. */
enum status ingest_read(struct store *store, struct ingest *to, int dirfd,
			const struct ingest_options *how, struct ingest_result *ret,
			struct error *err) MUST_CHECK;

#endif
