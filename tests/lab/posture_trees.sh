#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# posture_trees.sh DIR: two machines as trees below DIR, each with what its tools would
# have printed in DIR/NAME.tools: "right" is prepared as it should be, "faulty" by
# following a guide whose lines do not do what they say.
set -eu
D=$1

# put PATH, with the text on standard input
put() {
	mkdir -p "$(dirname "$D/$1")"
	cat >"$D/$1"
}

# arguments of a process are divided by NUL
process() { # TREE PID COMM ARGUMENT…
	dir=$D/$1/proc/$2
	mkdir -p "$dir"
	echo "$3" >"$dir/comm"
	shift 3
	printf '%s\0' "$@" >"$dir/cmdline"
	: >"$dir/environ"
}

home=home/dev
code=$home/.config/Code/User

# ---- what both have ----------------------------------------------------------
for t in right faulty; do
	mkdir -p "$D/$t/usr/share/code" "$D/$t/sys/class/rfkill" "$D/$t/$home/.ollama"
	put $t/usr/local/bin/ollama </dev/null
	put $t/sys/class/net/eth0/operstate <<-END
		up
	END
	put $t/sys/class/net/lo/operstate <<-END
		unknown
	END
	put $t/proc/net/route <<-END
		Iface	Destination	Gateway 	Flags	RefCnt	Use	Metric	Mask		MTU	Window	IRTT
		eth0	00000000	010200C0	0003	0	0	0	00000000	0	0	0
		eth0	000200C0	00000000	0001	0	0	0	00FFFFFF	0	0	0
	END
	put $t/proc/net/ipv6_route <<-END
		00000000000000000000000000000000 00 00000000000000000000000000000000 00 fe800000000000000000000000000001 00000400 00000001 00000000 00000003     eth0
	END
	put $t/etc/resolv.conf <<-END
		nameserver 192.0.2.53
	END
done

# ---- right -------------------------------------------------------------------
process right 700 ollama /usr/local/bin/ollama serve
put right/etc/systemd/system/ollama.service.d/local.conf <<'END'
[Service]
Environment="OLLAMA_HOST=127.0.0.1:11434" "OLLAMA_NO_CLOUD=1"
END
put right/$home/.ollama/models/manifests/registry.ollama.ai/library/qwen3/14b <<'END'
{}
END
put right/$code/settings.json <<'END'
{
	// nothing calls home
	"telemetry.telemetryLevel": "off",
	"update.mode": "none",
	"workbench.enableExperiments": false,
	"extensions.autoUpdate": false,
	"extensions.autoCheckUpdates": false,
	"extensions.ignoreRecommendations": true,
	"workbench.settings.enableNaturalLanguageSearch": false,
	"update.showReleaseNotes": false,
	"continue.telemetryEnabled": false, // of the extension
}
END
put right/$home/.vscode/extensions/extensions.json <<'END'
[{"identifier": {"id": "Continue.continue"}, "version": "1.0.0"}]
END
put right/$home/.continue/config.yaml <<'END'
name: Local
models:
  - name: Qwen
    provider: ollama
    model: qwen3:14b
    apiBase: http://127.0.0.1:11434
END
put right/$home/.codex/config.toml <<'END'
model_provider = "local"
check_for_update_on_startup = false
[analytics]
enabled = false
[model_providers.local]
base_url = "http://127.0.0.1:11434/v1"
END
put right/$home/.mozilla/firefox/profiles.ini </dev/null
put right/etc/firefox/policies/policies.json <<'END'
{"policies": {"DNSOverHTTPS": {"Enabled": false, "Locked": true}}}
END
put right/sys/class/rfkill/rfkill0/type <<'END'
bluetooth
END
put right/sys/class/rfkill/rfkill0/soft <<'END'
1
END
put right/etc/nftables.conf <<'END'
#!/usr/sbin/nft -f
flush ruleset
table inet airgap {
	chain output {
		type filter hook output priority 0; policy drop;
		oifname "lo" accept
	}
}
END
put right.tools/nft.txt <<'END'
table inet airgap {
	chain output {
		type filter hook output priority filter; policy drop;
		oifname "lo" accept
	}
}
END
put right.tools/listeners.txt <<'END'
tcp LISTEN 0 4096 127.0.0.1:11434 0.0.0.0:* users:(("ollama",pid=700,fd=3))
tcp LISTEN 0 128 0.0.0.0:22 0.0.0.0:* users:(("sshd",pid=600,fd=3))
END
put right.tools/nvidia.txt <<'END'
12288
END
put right.tools/ollama-version.txt <<'END'
ollama version is 0.15.0
END

# ---- faulty ------------------------------------------------------------------
process faulty 700 ollama /usr/local/bin/ollama serve
process faulty 900 Ollama /opt/Ollama/Ollama
process faulty 800 docker-proxy /usr/bin/docker-proxy -proto tcp -host-ip 0.0.0.0 -host-port 8000 -container-ip 172.17.0.2 -container-port 8000
put faulty/etc/systemd/system/ollama.service.d/local.conf <<'END'
[Service]
Environment=OLLAMA_HOST=0.0.0.0
END
put faulty/$code/settings.json <<'END'
{"telemetry.telemetryLevel": "crash", "extensions.autoUpdate": false}
END
# in the project it counts for nothing
put faulty.project/.vscode/settings.json <<'END'
{"update.mode": "none"}
END
put faulty/$home/.vscode/extensions/extensions.json <<'END'
[{"identifier": {"id": "Continue.continue"}}, {"identifier": {"id": "GitHub.copilot"}}]
END
put faulty/$home/.continue/config.json <<'END'
{"models": [{"title": "Claude", "provider": "anthropic", "apiKey": "sk-secret"}]}
END
put faulty/$home/.mozilla/firefox/x.default/prefs.js <<'END'
user_pref("network.trr.mode", 2);
END
put faulty/etc/environment <<'END'
https_proxy=http://proxy.example:3128
END
put faulty/sys/class/rfkill/rfkill0/type <<'END'
wlan
END
put faulty/sys/class/rfkill/rfkill0/soft <<'END'
0
END
put faulty/proc/sys/net/ipv4/ip_forward <<'END'
1
END
# a ruleset that somebody wrote and nobody loaded
put faulty/etc/nftables.conf <<'END'
table inet airgap {
	chain output {
		type filter hook output priority 0; policy drop;
		oifname "lo" accept
	}
}
END
# "ufw deny out from any to any except 127.0.0.1" is no line of ufw, put in by hand
put faulty/etc/ufw/user.rules <<'END'
*filter
### tuple ### deny out from any to any except 127.0.0.1
COMMIT
END
put faulty/etc/default/ufw <<'END'
IPV6=no
DEFAULT_OUTPUT_POLICY="ACCEPT"
END
put faulty.tools/ufw.txt <<'END'
Status: active
Logging: on (low)
Default: deny (incoming), allow (outgoing), disabled (routed)
New profiles: skip
END
put faulty.tools/iptables.txt <<'END'
*filter
:INPUT DROP [0:0]
:OUTPUT ACCEPT [0:0]
:FORWARD DROP [0:0]
-A FORWARD -i docker0 ! -o docker0 -j ACCEPT
-A OUTPUT -m conntrack --ctstate RELATED,ESTABLISHED -j ACCEPT
COMMIT
END
put faulty.tools/ip6tables.txt <<'END'
*filter
:OUTPUT ACCEPT [0:0]
COMMIT
END
put faulty.tools/listeners.txt <<'END'
tcp LISTEN 0 4096 *:11434 *:* users:(("ollama",pid=700,fd=3))
tcp LISTEN 0 4096 0.0.0.0:8000 0.0.0.0:* users:(("docker-proxy",pid=800,fd=4))
END
put faulty.tools/pf-info.txt <<'END'
Status: Enabled for 0 days 00:10:00
END
put faulty.tools/pf-rules.txt </dev/null
