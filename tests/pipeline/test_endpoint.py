"""A language model behind an endpoint: asked within bounds, believed in nothing."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from fabula.diagnostics.diagnostic import Mistakes
from fabula.pipeline.endpoint import Endpoint, endpoint
from fabula.tell.polish import NoAnswer
from tests.pipeline.stub import Answer, drips, floods, model, raw, says, sends, writes

QUESTION = json.dumps({"sentences": ["One."]})
KEY = "sk-very-secret"


def ask(url: str, key: str = "") -> str:
    """Put a question to a server that should be quick."""
    return quick(endpoint(url, "tiny", key)).ask("task", QUESTION)


def quick(where: Endpoint) -> Endpoint:
    """The same endpoint with little patience."""
    return replace(where, seconds=0.3, most=10_000, pause=0.0)


def test_a_question_is_one_request() -> None:
    """Model, task and text, and nothing else; what the model writes comes back as it is."""
    with model(raw(says("written"))) as stub:
        assert ask(stub.url) == "written"
    (asked,) = stub.asked
    assert asked["path"] == "/v1/chat/completions"
    assert (asked["model"], asked["stream"]) == ("tiny", False)
    assert [m["role"] for m in asked["messages"]] == ["system", "user"]
    assert "Authorization" not in stub.headers[0]


def test_a_key_goes_into_its_header_and_nowhere_else() -> None:
    """Not into what is shown of an endpoint, and not into an answer that repeats it."""
    with model(raw(says("fine")), raw(says(f"your key is {KEY}"))) as stub:
        where = quick(endpoint(stub.url, "tiny", KEY))
        assert KEY not in repr(where)
        assert where.ask("task", QUESTION) == "fine"
        with pytest.raises(NoAnswer) as refused:
            where.ask("task", QUESTION)
    assert stub.headers[0]["Authorization"] == f"Bearer {KEY}"
    assert KEY not in str(refused.value)
    assert KEY not in json.dumps(stub.asked)


ELSEWHERE = sends(b"", "302 Found", "Location: http://127.0.0.1:1/steal\r\n")
BAD: dict[str, tuple[Answer, str, int]] = {
    "an error": (raw(sends(b"<h1>No</h1>", "400 Bad Request")), "answered 400", 1),
    "an error that may pass": (raw(sends(b"", "503 Busy")), "answered 503", 2),
    "a redirect": (raw(ELSEWHERE), "wants to be asked elsewhere", 1),
    "HTML": (raw(sends(b"<html>" * 50)), "does not answer as", 1),
    "another form": (raw(sends(b'{"choices": []}')), "does not answer as", 1),
    "no text": (raw(sends(b'{"choices": [{"message": {"content": 5}}]}')), "does not answer as", 1),
    "a list": (raw(sends(b"[]")), "does not answer as", 1),
    "nesting without end": (raw(sends(b"[" * 9000)), "does not answer as", 1),
    "no Unicode": (raw(sends(b"\xff\xfe\xfd")), "does not answer as", 1),
    "nothing": (raw(b""), "no answer", 2),
    "no HTTP": (raw(b"SSH-2.0-hello\r\n"), "no answer", 2),
    "a flood": (floods(20_000_000), "no answer", 2),
    "a promise of a flood": (
        raw(b"HTTP/1.1 200 OK\r\nContent-Length: 99999999999\r\n\r\n" + b"x" * 20_000),
        "no answer",
        2,
    ),
    "a body that is cut": (raw(b"HTTP/1.1 200 OK\r\nContent-Length: 500\r\n\r\n{"), "does not answer as", 1),
    "headers without end": (raw(b"HTTP/1.1 200 OK\r\n" + b"A: b\r\n" * 500), "no answer", 2),
    "a slow body": (drips(b"HTTP/1.1 200 OK\r\n\r\n" + b" " * 400), "no answer in time", 1),
    "slow headers": (drips(b"HTTP/1.1 200 OK\r\nA: " + b"b" * 400), "no answer in time", 1),
}


@pytest.mark.parametrize("name", BAD)
def test_a_bad_answer_is_none(name: str) -> None:
    """Errors, redirects, other forms, floods and drops: one sentence says why, nothing is followed, and nobody waits for long."""
    answer, reason, times = BAD[name]
    with model(answer) as stub:
        with pytest.raises(NoAnswer, match=reason):
            ask(stub.url, KEY)
        assert len(stub.asked) == times


def test_what_may_pass_is_tried_once_more() -> None:
    """A server that is busy once is asked again."""
    with model(raw(sends(b"", "429 Too Many")), raw(says("now"))) as stub:
        assert ask(stub.url) == "now"


def test_nobody_at_home() -> None:
    """A port that nobody listens at is no answer."""
    with model(writes(lambda ours: ours)) as stub:
        url = stub.url
    with pytest.raises(NoAnswer, match="no answer"):
        ask(url)


REFUSED = {
    "file:///etc/passwd": "no address",
    "localhost:8080": "no address",
    "http://": "no address",
    "ftp://me:secret@127.0.0.1/v1": "no address",
    "http://me:secret@127.0.0.1:70000/v1": "no address",
    "http://[::1": "no address",
    "http://127.0.0.1:99999/": "no address",
    "http://me:secret@127.0.0.1/v1": "more than a place",
    "http://127.0.0.1/v1?key=secret": "more than a place",
    "http://127.0.0.1/a b": "cannot be sent",
    "http://192.0.2.7/v1": "not this machine",
    "https://192.0.2.7/v1": "not this machine",
    "http://0.0.0.0/v1": "not this machine",
    "http://[2001:db8::1]/v1": "not this machine",
    "http://no-such-machine.invalid/v1": "no machine called",
}


@pytest.mark.parametrize("url", REFUSED)
def test_only_this_machine_is_asked(url: str) -> None:
    """Without leave nothing goes further; an address that holds a secret is not repeated."""
    with pytest.raises(Mistakes) as refused:
        endpoint(url, "tiny")
    (said,) = refused.value.diagnostics
    assert REFUSED[url] in said.headline
    assert said.hints
    assert "secret" not in f"{said.headline}{said.notes}{said.hints}"


@pytest.mark.parametrize(
    "url", ["http://localhost:1/v1/", "http://127.9.9.9:1", "http://[::1]:1/v1/chat/completions"]
)
def test_this_machine_has_many_names(url: str) -> None:
    """Every address that cannot leave the machine will do; the path may be the whole one."""
    assert endpoint(url, "tiny").path.endswith("/chat/completions")
    assert endpoint(url, "tiny").path.count("completions") == 1


def test_with_leave_a_key_goes_out_only_in_secret() -> None:
    """Another machine may be asked if that is allowed; with a key only by HTTPS."""
    assert endpoint("http://192.0.2.7/v1", "tiny", remote=True).host == "192.0.2.7"
    assert endpoint("https://192.0.2.7/v1", "tiny", KEY, remote=True).secure
    with pytest.raises(Mistakes) as refused:
        endpoint("http://192.0.2.7/v1", "tiny", KEY, remote=True)
    assert "in the clear" in refused.value.diagnostics[0].headline


@pytest.mark.parametrize("key", ["two words", "line\nbreak", "schlüssel\u2028"])
def test_a_key_that_cannot_be_sent_is_not_shown(key: str) -> None:
    """It is refused before it could come into a message of somebody else's."""
    with pytest.raises(Mistakes) as refused:
        endpoint("http://127.0.0.1/v1", "tiny", key)
    assert key not in str(refused.value.diagnostics)
