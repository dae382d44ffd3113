/* SPDX-License-Identifier: Apache-2.0 */
/* And what libpcap answers: its header and that of BPF are not for one file. */
#include "tests/faults/fault.h"

#include <pcap/pcap.h>

WRAP("pcap", pcap_t *, pcap_create, (const char *device, char *why), (device, why), ENOMEM, NULL)
WRAP("pcap", int, pcap_activate, (pcap_t *p), (p), EPERM, PCAP_ERROR)
WRAP("pcap", int, pcap_dispatch, (pcap_t *p, int n, pcap_handler take, u_char *context), (p, n, take, context), ENETDOWN, PCAP_ERROR)
WRAP("pcap", int, pcap_stats, (pcap_t *p, struct pcap_stat *ret), (p, ret), EIO, PCAP_ERROR)
WRAP("pcap", int, pcap_setnonblock, (pcap_t *p, int on, char *why), (p, on, why), EIO, PCAP_ERROR)
