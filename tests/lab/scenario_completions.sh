# SPDX-License-Identifier: Apache-2.0
# Read by lab.sh: what real shells complete airgap-verify's command lines to, by the files
# that are made from the table of commands. zsh and fish only where they are installed.

completing=$T/completing
mkdir -p "$completing/airgap-sessions/20261128T120000Z-1a2b3c4d" "$completing/other" "$completing/zsh"
: >"$completing/evidence.log"
cp "$B/airgap-verify.bash" "$B/airgap-verify.fish" "$completing/"
cp "$B/airgap-verify.zsh" "$completing/zsh/_airgap-verify"

cat >"$completing/wanted" <<'END'
airgap-verify re: redact|report|reproduce
airgap-verify session --ti: --tier|--timezone
airgap-verify session --tier : auto|full|polling|unprivileged
airgap-verify session --tier=u: --tier=unprivileged
airgap-verify session --app-log agent=e: agent=evidence.log
airgap-verify session -o o: other
airgap-verify session --tier full -- /usr/bin/unshar: /usr/bin/unshare
airgap-verify bench --tier a: above 24 GB|auto
airgap-verify report --format pdf,j: pdf,json|pdf,junit
airgap-verify list t: tasks|tiers
airgap-verify schedule install --system : auto|cron|launchd|systemd|task
airgap-verify fleet report --paper : a4|letter
airgap-verify fleet report --format pdf,h: pdf,html
airgap-verify crosscheck --explain e: event:
airgap-verify verify airgap-sessions/2: airgap-sessions/20261128T120000Z-1a2b3c4d
airgap-verify verify --session : 1a2b3c4d
airgap-verify doctor --j: --json
END
for shell in bash zsh fish; do
	command -v $shell >/dev/null || {
		skip "completions of $shell" "it is not installed (packaging/deps.sh --peers)"
		continue
	}
	file=$completing/airgap-verify.$shell
	[ $shell != zsh ] || file=$completing/zsh/_airgap-verify
	(cd "$completing" && sed 's/: [^:]*:*$//' wanted |
		timeout 60 python3 "$here/complete.py" $shell "$file" >got 2>got.err)
	while IFS= read -r line; do
		check "$shell: $line" grep -qxF -e "$line" "$completing/got"
	done <"$completing/wanted"
done
# the tables and the completions are of one build
equal "every command is completed" "$("$B/airgap-verify" --help | sed -n 's/^  \([a-z]*\) .*/\1/p' | sort | tr '\n' ' ')" \
	"$(sed -n 's/.* -n __fish_use_subcommand -a \([a-z]*\) .*/\1/p' "$completing/airgap-verify.fish" | sort | tr '\n' ' ')"
