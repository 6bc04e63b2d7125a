"""A language model for tests: a server on this machine that answers as it is told to, well or badly."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from io import BufferedIOBase
from typing import Any

Answer = Callable[[BufferedIOBase, list[str]], None]
"""Writes an answer, from the sentences that were sent."""


def says(words: str) -> bytes:
    """A whole answer in which the model writes these words."""
    return sends(json.dumps({"choices": [{"message": {"role": "assistant", "content": words}}]}).encode())


def sends(body: bytes, status: str = "200 OK", head: str = "") -> bytes:
    """A whole answer with this body."""
    return f"HTTP/1.1 {status}\r\nContent-Length: {len(body)}\r\n{head}\r\n".encode() + body


def writes(change: Callable[[list[str]], list[str]]) -> Answer:
    """A model that answers in the right form with changed sentences."""
    return lambda out, ours: _put(out, says(json.dumps({"sentences": change(ours)})))


def raw(answer: bytes) -> Answer:
    """A server that answers so, whatever it is asked."""
    return lambda out, _: _put(out, answer)


def drips(answer: bytes, pause: float = 0.05) -> Answer:
    """A server that sends an answer byte by byte and never comes to the end of it."""

    def drip(out: BufferedIOBase, _: list[str]) -> None:
        for byte in answer:
            _put(out, bytes([byte]))
            time.sleep(pause)

    return drip


def floods(size: int) -> Answer:
    """A server that sends many bytes as one string."""

    def flood(out: BufferedIOBase, _: list[str]) -> None:
        _put(out, b'HTTP/1.1 200 OK\r\n\r\n{"choices": [{"message": {"content": "')
        for block in [b"x" * 65536] * (size // 65536):
            _put(out, block)

    return flood


def _put(out: BufferedIOBase, data: bytes) -> None:
    with suppress(OSError):
        out.write(data)
        out.flush()


@dataclass
class Stub:
    """The running server: where it is, and what it was asked."""

    url: str
    asked: list[dict[str, Any]] = field(default_factory=list)
    headers: list[dict[str, str]] = field(default_factory=list)


@contextmanager
def model(*answers: Answer) -> Iterator[Stub]:
    """Run a server that gives these answers one after the other, the last of them for ever."""
    stub = Stub("")

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            stub.asked.append({"path": self.path, **body})
            stub.headers.append(dict(self.headers))
            answer = answers[min(len(stub.asked), len(answers)) - 1]
            answer(self.wfile, json.loads(body["messages"][-1]["content"])["sentences"])
            self.close_connection = True

        def log_message(self, *_: object) -> None:
            """A test has nothing to say to the screen."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    stub.url = f"http://127.0.0.1:{server.server_port}/v1"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    try:
        yield stub
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
