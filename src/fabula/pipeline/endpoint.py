"""A language model behind an endpoint that speaks as OpenAI's do: one question, one answer, within bounds.

It follows no redirect, uses no proxy and speaks only to this machine unless it is allowed to go further. A question has a time
within which all of the answer must be here, an answer has a size, and a question is put twice at most. The standard library does all of this.
"""

from __future__ import annotations

import ipaddress
import json
import re
import socket
import ssl
import time
from contextlib import suppress
from dataclasses import field
from http.client import HTTPConnection, HTTPException, HTTPResponse, HTTPSConnection
from threading import Timer
from urllib.parse import urlsplit

from fabula.diagnostics.diagnostic import Diagnostic, Mistakes
from fabula.frozen import dataclass
from fabula.tell.polish import NoAnswer

KEY = "FABULA_POLISH_KEY"
"""The variable of the environment that holds the key, if one is needed. It stands nowhere else: in no message, no file, no option."""

AS_IN = "write it as `http://localhost:8080/v1`"
TRIES = 2
PASSING = frozenset((408, 425, 429, 500, 502, 503, 504))
"""Answers after which the question is put once more."""


@dataclass(frozen=True, slots=True)
class Endpoint:
    """Where a model answers. `seconds` bound one answer, `most` its bytes; `addresses` are those of the machine that was found and allowed."""

    host: str
    port: int
    path: str
    secure: bool
    model: str
    addresses: tuple[str, ...]
    key: str = field(default="", repr=False)
    seconds: float = 60.0
    most: int = 200_000
    pause: float = 0.2

    def ask(self, task: str, text: str) -> str:
        """Put a question and return what the model writes. Raises NoAnswer."""
        for left in reversed(range(TRIES)):
            try:
                status, body = self._exchange(task, text)
            except TimeoutError:
                raise NoAnswer("no answer in time") from None
            except ssl.SSLCertVerificationError:
                raise NoAnswer("the certificate of the endpoint is not trusted") from None
            except (OSError, HTTPException, ValueError):
                reason = "no answer"
            else:
                if status == 200:
                    return self._read(body)
                reason = f"the endpoint answered {status}" + (
                    " and wants to be asked elsewhere" if 300 <= status < 400 else ""
                )
                if status not in PASSING:
                    break
            if left:
                time.sleep(self.pause)
        raise NoAnswer(reason)

    def _exchange(self, task: str, text: str) -> tuple[int, bytes]:
        """One request and one answer. Raises OSError, HTTPException, ValueError."""
        messages = [{"role": "system", "content": task}, {"role": "user", "content": text}]
        question = json.dumps({"model": self.model, "messages": messages, "stream": False}).encode()
        headers = {
            "Content-Type": "application/json",
            "Accept": "application/json",
            "Accept-Encoding": "identity",
        }
        if self.key:
            headers["Authorization"] = f"Bearer {self.key}"
        watch = _Watch(self.seconds)
        connection = (HTTPSConnection if self.secure else HTTPConnection)(self.host, self.port)
        try:
            connection.sock = watch.socket = self._reached()
            if self.secure:
                context = ssl.create_default_context()
                safe = context.wrap_socket(
                    watch.socket, server_hostname=self.host, do_handshake_on_connect=False
                )
                connection.sock = watch.socket = safe
                safe.do_handshake()
            connection.request("POST", self.path, question, headers)
            answer = connection.getresponse()
            body = self._body(answer) if answer.status == 200 else b""
        finally:
            connection.close()
            watch.stop()
        return answer.status, body

    def _reached(self) -> socket.socket:
        """A connection to a machine that was allowed; its name is not looked up again. Raises OSError."""
        for address in self.addresses:
            with suppress(OSError):
                return socket.create_connection((address, self.port), self.seconds)
        raise OSError

    def _body(self, answer: HTTPResponse) -> bytes:
        body = answer.read(self.most + 1)
        if len(body) > self.most:
            raise ValueError
        return body

    def _read(self, body: bytes) -> str:
        """The words of the model in an answer. Raises NoAnswer."""
        try:
            words = json.loads(body)["choices"][0]["message"]["content"]
        except (ValueError, RecursionError, KeyError, IndexError, TypeError):
            raise NoAnswer("the endpoint does not answer as OpenAI's do") from None
        if not isinstance(words, str):
            raise NoAnswer("the endpoint does not answer as OpenAI's do")
        if self.key and self.key in words:
            raise NoAnswer("the answer holds what it must not")
        return words


class _Watch:
    """Cuts a connection under whoever waits for it, after so many seconds; each single read has a limit of its own, their sum has this one."""

    def __init__(self, seconds: float) -> None:
        self.socket: socket.socket | None = None
        self.late = False
        self._timer = Timer(seconds, self._cut)
        self._timer.daemon = True
        self._timer.start()

    def _cut(self) -> None:
        self.late = True
        if self.socket is not None:
            with suppress(OSError):
                self.socket.shutdown(socket.SHUT_RDWR)

    def stop(self) -> None:
        """The exchange is over. Raises TimeoutError if it was cut, whatever has come by then."""
        self._timer.cancel()
        if self.late:
            raise TimeoutError


def endpoint(url: str, model: str, key: str = "", remote: bool = False) -> Endpoint:
    """Look at where polishing is to be asked for. Raises Mistakes where that is no place, or not allowed."""
    none = _refused(
        "this is no address of an endpoint"
        if re.search("[@?]", url)
        else f"`{url}` is no address of an endpoint",
        AS_IN,
    )
    try:
        parts = urlsplit(url)
        host, port = parts.hostname or "", parts.port or (443 if parts.scheme == "https" else 80)
    except ValueError:
        raise none from None
    if parts.scheme not in {"http", "https"} or not re.fullmatch(r"[\w.:-]+", host, re.ASCII):
        raise none
    if parts.username is not None or parts.query or parts.fragment:
        raise _refused(
            "the address of an endpoint holds more than a place",
            f"leave out what is not `{parts.scheme}://{host}/…`; a key stands in {KEY}",
        )
    if not re.fullmatch(r"[!-~]*", key) or not re.fullmatch(r"[!-~]*", parts.path):
        raise _refused("the address of an endpoint, or its key, holds signs that cannot be sent", AS_IN)
    addresses, local = _found(host, port)
    if not local and not remote:
        raise _refused(
            f"`{host}` is not this machine", "`--allow-remote` sends your story there", "nothing was sent"
        )
    if not local and key and parts.scheme == "http":
        raise _refused(
            "a key would travel in the clear",
            "use `https`",
            f"{KEY} is set, and `{host}` is not this machine",
        )
    path = parts.path.rstrip("/")
    path = path if path.endswith("/chat/completions") else f"{path}/chat/completions"
    return Endpoint(host, port, path, parts.scheme == "https", model, addresses, key)


def _found(host: str, port: int) -> tuple[tuple[str, ...], bool]:
    """The addresses of a machine, and whether it is this one. Raises Mistakes."""
    try:
        found = [str(row[4][0]) for row in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)]
    except (OSError, UnicodeError):
        raise _refused(f"there is no machine called `{host}`", AS_IN) from None
    local = all(ipaddress.ip_address(address.partition("%")[0]).is_loopback for address in found)
    return tuple(dict.fromkeys(found)), local


def _refused(headline: str, hint: str, *notes: str) -> Mistakes:
    return Mistakes(Diagnostic("error", "polish", headline, notes=notes, hints=(hint,)))
