# SPDX-License-Identifier: Apache-2.0
# readers.sh: programs of others that read our documents; for scenarios to include.

# by WHAT PROGRAM COMMAND…: a check by a program that may not be here
by() {
	what=$1 program=$2
	shift 2
	if command -v "$program" >/dev/null; then check "$what" "$@"; else skip "$what" "$program is not here"; fi
}

# open_page URL NAME [WIDTH]: in a namespace with nothing but a loopback, and by its own account
# of what was asked for
open_page() {
	unshare -n timeout 60 chromium --headless --no-sandbox --disable-gpu --no-first-run --disable-background-networking \
		--window-size="${3:-1300},900" --disable-component-update --disable-sync --user-data-dir="$T/chromium-$2" --log-net-log="$T/$2.json" \
		--dump-dom "$1" >"$T/$2.dom" 2>/dev/null
}

# page FILE: its script works, and it asks for nothing. A browser asks its maker whatever page is
# open: only what an empty page does not ask counts.
page() {
	open_page "about:blank" blank && open_page "file://$1" page &&
		grep -q '<input type="search">' "$T/page.dom" &&
		python3 - "$T/blank.json" "$T/page.json" <<'EOF'
import re, sys
def hosts(name):
    return {u.split("/")[2] for u in re.findall(r'"url":"(https?://[^"]*)"', open(name).read())}
asked = hosts(sys.argv[2]) - hosts(sys.argv[1])
assert not asked, asked
assert "report.html" in open(sys.argv[2]).read()
EOF
}

# form_of FILE WIDTH TABLE: what that table is in a window so wide, in pixels: cards or table; nothing
# where the page was not shown
form_of() {
	open_page "file://$1" "wide$2" "$2" &&
		grep -o "<table id=\"$3\"[^>]*>" "$T/wide$2.dom" | sed 's/.*class="cards".*/cards/; s/^<table.*/table/'
}
