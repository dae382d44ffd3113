# SPDX-License-Identifier: Apache-2.0
# tsa_server.py PLACE DIR: answers questions for time stamps over HTTP as tests/tsa.sh does.
# PLACE: a port of 127.0.0.1, or the path of a Unix socket.
import http.server, os, socketserver, subprocess, sys

place, folder = sys.argv[1:]
script = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "tsa.sh")


class Handler(http.server.BaseHTTPRequestHandler):
    def do_POST(self):
        if self.headers["Content-Type"] != "application/timestamp-query":
            return self.send_error(415)
        with open(f"{folder}/asked.tsq", "wb") as f:
            f.write(self.rfile.read(int(self.headers["Content-Length"])))
        subprocess.run(["sh", script, "reply", folder, f"{folder}/asked.tsq", f"{folder}/given.tsr"], check=True)
        with open(f"{folder}/given.tsr", "rb") as f:
            reply = f.read()
        self.send_response(200)
        self.send_header("Content-Type", "application/timestamp-reply")
        self.send_header("Content-Length", str(len(reply)))
        self.end_headers()
        self.wfile.write(reply)

    def address_string(self):
        return "somebody"

    def log_message(self, *words):
        pass


class Local(socketserver.UnixStreamServer):
    pass


server = http.server.HTTPServer(("127.0.0.1", int(place)), Handler) if place.isdigit() else Local(place, Handler)
print("ready", flush=True)
server.serve_forever()
