/* SPDX-License-Identifier: Apache-2.0 */
#include "collectors/linux/posture_places.h"

#define COMMAND(...) ((const char *const[]){__VA_ARGS__, NULL})

const struct posture_place posture_files[] = {
	/* model servers */
	{"ollama-server", "Ollama", "user", "~/.ollama/server.json"},
	{"ollama-server", "Ollama", "system", "/usr/share/ollama/.ollama/server.json"},
	{"unit", "Ollama", "system", "/etc/systemd/system/ollama.service"},
	{"unit", "Ollama", "system", "/etc/systemd/system/ollama.service.d/*.conf"},
	{"lmstudio-server", "LM Studio", "user", "~/.lmstudio/.internal/http-server-config.json"},
	{"lmstudio-server", "LM Studio", "user", "~/.cache/lm-studio/.internal/http-server-config.json"},
	/* clients */
	{"client-yaml", "Continue", "user", "~/.continue/config.yaml"},
	{"client-json", "Continue", "user", "~/.continue/config.json"},
	{"client-yaml", "Continue", "workspace", "./.continue/config.yaml"},
	{"client-json", "Cline", "user", "~/.cline/data/globalState.json"},
	{"client-json", "opencode", "user", "~/.config/opencode/opencode.json"},
	{"client-json", "opencode", "user", "~/.config/opencode/opencode.jsonc"},
	{"client-json", "opencode", "workspace", "./opencode.json"},
	{"client-json", "opencode", "workspace", "./opencode.jsonc"},
	{"client-yaml", "aider", "user", "~/.aider.conf.yml"},
	{"client-yaml", "aider", "workspace", "./.aider.conf.yml"},
	{"client-env", "aider", "user", "~/.env"},
	{"client-env", "aider", "workspace", "./.env"},
	{"client-toml", "Codex", "user", "~/.codex/config.toml"},
	{"client-toml", "Codex", "workspace", "./.codex/config.toml"},
	{"client-json", "Claude Code", "user", "~/.claude/settings.json"},
	{"client-json", "Claude Code", "workspace", "./.claude/settings.json"},
	{"client-json", "Claude Code", "workspace", "./.claude/settings.local.json"},
	{"client-json", "Claude Code", "policy", "/etc/claude-code/managed-settings.json"},
	{"client-json", "Zed", "user", "~/.config/zed/settings.json"},
	{"client-json", "Zed", "workspace", "./.zed/settings.json"},
	/* editors; those of each editor follow from posture_editors */
	{"editor-settings", "", "workspace", "./.vscode/settings.json"},
	{"editor-policy", "VS Code", "policy", "/etc/vscode/policy.json"},
	/* firewalls, as they are kept on the disk */
	{"nft-file", "nftables", "system", "/etc/nftables.conf"},
	{"iptables-file", "iptables", "system", "/etc/iptables/rules.v4"},
	{"ip6tables-file", "iptables", "system", "/etc/iptables/rules.v6"},
	{"iptables-file", "iptables", "system", "/etc/sysconfig/iptables"},
	{"ip6tables-file", "iptables", "system", "/etc/sysconfig/ip6tables"},
	{"ufw-conf", "ufw", "system", "/etc/ufw/ufw.conf"},
	{"ufw-default", "ufw", "system", "/etc/default/ufw"},
	{"ufw-rules", "ufw", "system", "/etc/ufw/user.rules"},
	{"ufw-rules6", "ufw", "system", "/etc/ufw/user6.rules"},
	{"firewalld-direct", "firewalld", "system", "/etc/firewalld/direct.xml"},
	{"pf-conf", "pf", "system", "/etc/pf.conf"},
	/* names */
	{"resolv-conf", "", "system", "/etc/resolv.conf"},
	{"hosts", "", "system", "/etc/hosts"},
	{"doh-json", "Firefox", "policy", "/etc/firefox/policies/policies.json"},
	{"doh-json", "Firefox", "policy", "/usr/lib/firefox/distribution/policies.json"},
	{"doh-json", "Firefox", "policy", "/usr/lib/firefox-esr/distribution/policies.json"},
	{"doh-prefs", "Firefox", "user", "~/.mozilla/firefox/*/prefs.js"},
	{"doh-prefs", "Firefox", "user", "~/snap/firefox/common/.mozilla/firefox/*/prefs.js"},
	{"doh-json", "Chromium", "policy", "/etc/chromium/policies/managed/*.json"},
	{"doh-json", "Chrome", "policy", "/etc/opt/chrome/policies/managed/*.json"},
	{"doh-json", "Chromium", "user", "~/.config/chromium/Local State"},
	{"doh-json", "Chrome", "user", "~/.config/google-chrome/Local State"},
	/* ways out */
	{"environment", "", "system", "/etc/environment"},
	{"route4", "", "system", "/proc/net/route"},
	{"route6", "", "system", "/proc/net/ipv6_route"},
	{"forward4", "", "system", "/proc/sys/net/ipv4/ip_forward"},
	{"forward6", "", "system", "/proc/sys/net/ipv6/conf/all/forwarding"},
	{NULL, NULL, NULL, NULL},
};

const struct posture_place posture_programs[] = {
	{"program", "Ollama", "system", "/usr/local/bin/ollama"},
	{"program", "Ollama", "system", "/usr/bin/ollama"},
	{"program", "Ollama app", "system", "/Applications/Ollama.app"},
	{"program", "LM Studio", "user", "~/.lmstudio"},
	{"program", "Continue", "user", "~/.continue"},
	{"program", "Cline", "user", "~/.cline"},
	{"program", "opencode", "user", "~/.opencode/bin/opencode"},
	{"program", "opencode", "system", "/usr/local/bin/opencode"},
	{"program", "aider", "user", "~/.local/bin/aider"},
	{"program", "aider", "system", "/usr/local/bin/aider"},
	{"program", "Codex", "user", "~/.codex"},
	{"program", "Codex", "system", "/usr/local/bin/codex"},
	{"program", "Claude Code", "user", "~/.claude"},
	{"program", "Claude Code", "user", "~/.local/bin/claude"},
	{"program", "Claude Code", "system", "/usr/local/bin/claude"},
	{"program", "Zed", "user", "~/.config/zed"},
	{"program", "Zed", "user", "~/.local/bin/zed"},
	{"program", "VS Code", "system", "/usr/share/code"},
	{"program", "VSCodium", "system", "/usr/share/codium"},
	{"program", "Cursor", "system", "/usr/share/cursor"},
	{"program", "Windsurf", "system", "/usr/share/windsurf"},
	{"program", "Firefox", "user", "~/.mozilla/firefox"},
	{"program", "Chromium", "user", "~/.config/chromium"},
	{"program", "Chrome", "user", "~/.config/google-chrome"},
	{"system", "macos", "system", "/System/Library/CoreServices"},
	{"system", "windows", "system", "/Windows/System32"},
	{NULL, NULL, NULL, NULL},
};

const struct posture_place posture_folders[] = {
	{"ollama-models", "Ollama", "user", "~/.ollama/models/manifests"},
	{"ollama-models", "Ollama", "system", "/usr/share/ollama/.ollama/models/manifests"},
	{NULL, NULL, NULL, NULL},
};

const struct posture_editor posture_editors[] = {
	{"VS Code", "Code", ".vscode"},
	{"VS Code Insiders", "Code - Insiders", ".vscode-insiders"},
	{"VSCodium", "VSCodium", ".vscode-oss"},
	{"Cursor", "Cursor", ".cursor"},
	{"Windsurf", "Windsurf", ".windsurf"},
	{NULL, NULL, NULL},
};

const struct posture_tool posture_tools[] = {
	{"nft", COMMAND("nft", "list", "ruleset"), false},
	{"iptables", COMMAND("iptables-save"), false},
	{"ip6tables", COMMAND("ip6tables-save"), false},
	{"ufw", COMMAND("ufw", "status", "verbose"), false},
	{"listeners", COMMAND("ss", "-Htulnp"), false},
	{"resolvectl", COMMAND("resolvectl", "dns"), false},
	{"nvidia", COMMAND("nvidia-smi", "--query-gpu=memory.total", "--format=csv,noheader,nounits"), true},
	{"ollama-version", COMMAND("ollama", "--version"), true},
	{"pf-rules", NULL, false},
	{"pf-info", NULL, false},
	{"netsh", NULL, false},
	{NULL, NULL, false},
};
