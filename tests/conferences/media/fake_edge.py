"""An edge as the centre speaks to it, without Janus: it says where feeds come in, as fast as it is told to, or not at all."""

import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Self

from phoihop.conferences.media.janus.edges import Edge
from tests.conferences.media import namespace


class FakeEdge:
    """ports: of picture, its feedback, voice and chair."""

    def __init__(self, first_port: int, host: str = namespace.ADDRESS) -> None:
        self.asked, self.answers, self._is_made = 0, threading.Event(), False
        self.answers.set()
        self.media: list[dict[str, Any]] = [
            {"mid": "floor", "type": "video", "port": first_port, "rtcpport": first_port + 1},
            {"mid": "voice", "type": "audio", "port": first_port + 2},
            {"mid": "chair", "type": "audio", "port": first_port + 3},
        ]
        self._server = ThreadingHTTPServer((host, 0), self._handler())
        self._server.daemon_threads = True
        self.edge = Edge(host, self._server.server_address[1])

    def medium(self, place: tuple[str, int]) -> str | None:
        if place[0] != self.edge.host:
            return None
        return next((str(each["mid"]) for each in self.media if each["port"] == place[1]), None)

    def forget(self) -> None:
        """As one that was killed and started again: its mountpoint is gone, and made anew has the same ports."""
        self._is_made = False

    def _answer(self, request: str) -> dict[str, Any]:
        if request == "info":
            return {"info": {"media": self.media}} if self._is_made else {"error": "gone", "error_code": 455}
        self._is_made |= request == "create"
        return {}

    def die(self) -> None:
        self._server.shutdown()
        self._server.server_close()

    def __enter__(self) -> Self:
        threading.Thread(target=self._server.serve_forever, daemon=True).start()
        return self

    def __exit__(self, *_fault: object) -> None:
        self.answers.set()
        self.die()

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        fake = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                fake.asked += 1
                body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
                fake.answers.wait(60)
                said = {"janus": "success", "data": {"id": 1}, "plugindata": {"data": {}}}
                if "body" in body:
                    said["plugindata"] = {"data": fake._answer(body["body"]["request"])}
                written = json.dumps(said).encode()
                self.send_response(200)
                self.send_header("Content-Length", str(len(written)))
                self.end_headers()
                self.wfile.write(written)

            def log_message(self, *_told: object) -> None: ...

        return Handler
