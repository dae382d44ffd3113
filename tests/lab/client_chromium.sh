# SPDX-License-Identifier: Apache-2.0
# Chromium without a window, as a WebView would show a page of an app: the page lies on this
# machine, and what it loads does not, but in the run "local-page". The switches stop what
# the browser does by itself; they do not change the page. Without its own sandbox, which
# wants more rights than a command under watch has.
# runs: installed switched-off local-page
if [ "$run" = local-page ]; then
	echo '<!doctype html><title>A view of an app</title><p>Text.</p>' >"$home/page.html"
else
	cat >"$home/page.html" <<'END'
<!doctype html>
<title>A view of an app</title>
<link rel="stylesheet" href="https://fonts.googleapis.com/css2?family=Inter">
<style>@font-face { font-family: outside; src: url(https://fonts.gstatic.com/s/inter/v1/a.woff2) }</style>
<p style="font-family: outside">Text.</p>
<script src="https://cdn.jsdelivr.net/npm/a/a.js"></script>
<script>navigator.sendBeacon("https://www.google-analytics.com/g/collect", "v=2")</script>
END
fi
switches="--headless --no-sandbox --disable-gpu --no-first-run --ignore-certificate-errors"
[ "$run" != switched-off ] || switches="$switches --disable-background-networking --disable-component-update \
--disable-sync --disable-domain-reliability --disable-default-apps --allow-browser-signin=false \
--disable-features=OptimizationHints,NetworkTimeServiceQuerying"
# a port on the loopback, which nobody uses, keeps it from ending at once
once "chromium $switches --user-data-dir=$home/profile --remote-debugging-port=0 file://$home/page.html"
