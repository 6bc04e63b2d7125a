"""Who does the work: this process, or a cluster through Ray. Whoever gives work sees no difference but speed.

Every piece of work is a function of what it is given, so it may be done twice, and a worker that dies costs only the piece that it
was at: it is done again by another.
"""

from __future__ import annotations

import os
import re
import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext, suppress
from typing import Any, Protocol

from fabula.diagnostics.diagnostic import Diagnostic, Mistakes
from fabula.frozen import dataclass
from fabula.search.outcome import Beyond, Going

Work = Callable[..., Any]


class Ticket(Protocol):
    """A piece of work that was given away."""

    def ready(self) -> bool:
        """Whether there is no need to wait."""

    def result(self, going: Going) -> Any:  # noqa: ANN401 - whatever the work gives
        """Wait for it; None if the user has had enough. Raises what the work raises."""

    def drop(self) -> None:
        """Give it up: nobody wants the result any more."""


class Crew(Protocol):
    """Those who work: as many pieces at once as there are `hands`."""

    hands: int

    def share(self, thing: Any) -> Any:  # noqa: ANN401
        """Prepare something big that many pieces of work are given."""

    def give(self, work: Work, *what: Any) -> Ticket:  # noqa: ANN401
        """Have a function of a module called, with one more argument, `going`."""


@dataclass(slots=True)
class _Waiting:
    """Work that is done when somebody asks for it."""

    work: Work
    what: tuple[Any, ...]

    def ready(self) -> bool:
        return True

    def result(self, going: Going) -> Any:  # noqa: ANN401
        return self.work(*self.what, going)

    def drop(self) -> None:
        pass  # it was never begun


class Here:
    """This process alone."""

    hands = 1

    def share(self, thing: Any) -> Any:  # noqa: ANN401
        """Nothing is needed."""
        return thing

    def give(self, work: Work, *what: Any) -> Ticket:  # noqa: ANN401
        """Put the work off until its result is wanted."""
        return _Waiting(work, what)


@contextmanager
def crew(where: str | None, workers: int | None = None) -> Iterator[Crew]:
    """Gather a crew: None: this process; `local`: a cluster on this machine; `auto`: a running one, else a local one; or an address.

    Raises Mistakes if Ray is not installed or the cluster does not answer.
    """
    if where is None:
        yield Here()
        return
    ray = _ray()
    running = ray.is_initialized()
    if not running:
        _join(ray, where, workers)
    try:
        yield _Cluster(ray)
    finally:
        if not running:
            ray.shutdown()


def _ray() -> Any:  # noqa: ANN401 - ray is there or not
    os.environ["RAY_USAGE_STATS_ENABLED"] = "0"  # nobody is told that it is used
    os.environ.setdefault("RAY_ACCEL_ENV_VAR_OVERRIDE_ON_ZERO", "0")
    try:
        import ray  # noqa: PLC0415 - takes a second, and only clusters need it
    except ModuleNotFoundError:
        hint = "install what it needs: `pip install 'fabula[cluster]'`"
        headline = "a cluster needs `ray`, which is not installed"
        raise Mistakes(Diagnostic("error", "missing-extra", headline, hints=(hint,))) from None
    return ray


def _join(ray: Any, where: str, workers: int | None) -> None:  # noqa: ANN401
    try:
        if where != "local":
            _knock(where)
            with suppress(ConnectionError) if where == "auto" else nullcontext():
                ray.init(address=where, **_QUIET)
        if not ray.is_initialized():
            _start(ray, workers)
    except Exception as error:  # noqa: BLE001 - Ray has no family of its own for what can go wrong
        said = "the system says" if isinstance(error, OSError) else "Ray says"
        note = f"{said}: {' '.join(str(error).split())[:200]}"
        hint = "`--cluster local` needs none: it starts workers on this machine"
        headline = f"no cluster answers at `{where}`"
        raise Mistakes(Diagnostic("error", "no-cluster", headline, (), (note,), (hint,))) from None


def _knock(where: str) -> None:
    """Look whether anybody is there at all: Ray itself would try for minutes. Raises OSError."""
    if found := re.fullmatch(r"(?:ray://)?([^/:]+):(\d{1,5})", where):
        socket.create_connection((found[1], int(found[2])), timeout=_PATIENCE).close()


_PATIENCE = 5.0
"""Seconds in which a cluster must answer."""

_UNDER_WAY = 256 * 2**20
"""Bytes for pieces of work on their way, on this machine."""

_QUIET: dict[str, Any] = {"log_to_driver": False, "logging_level": "ERROR"}


def _start(ray: Any, workers: int | None) -> None:  # noqa: ANN401
    """Start workers on this machine, which nobody else can reach. A busy machine may need a second try."""
    for last in (False, True):
        try:
            ray.init(
                address="local",
                num_cpus=workers,
                include_dashboard=False,
                object_store_memory=_UNDER_WAY,
                _node_ip_address="127.0.0.1",
                **_QUIET,
            )
        except Exception:
            ray.shutdown()
            if last:
                raise
        else:
            return


class _Cluster:
    """The workers of a Ray cluster."""

    def __init__(self, ray: Any) -> None:  # noqa: ANN401
        self._ray = ray
        self.hands = 2 * max(1, int(ray.cluster_resources().get("CPU", 1)))  # nobody waits for the next piece
        self._remote = ray.remote(max_retries=_TRIES)(_done)

    def share(self, thing: Any) -> Any:  # noqa: ANN401
        return self._ray.put(thing)

    def give(self, work: Work, *what: Any) -> Ticket:  # noqa: ANN401
        return _Given(self._ray, self._remote.remote(work, *what))


_TRIES = 5
"""How many workers may die of the same piece of work."""


@dataclass(frozen=True, slots=True)
class _Refused:
    """What a piece of work raised instead of giving a result; None: it is beyond the core."""

    mistakes: tuple[Diagnostic, ...] | None


def _done(work: Work, *what: Any) -> Any:  # noqa: ANN401
    """Do a piece of work on a worker."""
    try:
        return work(*what, None)
    except Mistakes as mistakes:
        return _Refused(mistakes.diagnostics)
    except Beyond:
        return _Refused(None)


@dataclass(slots=True)
class _Given:
    """Work that a worker is at."""

    ray: Any
    reference: Any

    def ready(self) -> bool:
        return bool(self.ray.wait([self.reference], timeout=0)[0])

    def result(self, going: Going) -> Any:  # noqa: ANN401
        while not self.ray.wait([self.reference], timeout=0.1)[0]:
            if not going():
                self.drop()
                return None
        try:
            found = self.ray.get(self.reference)
        except self.ray.exceptions.WorkerCrashedError:
            raise Mistakes(_crashed()) from None
        if not isinstance(found, _Refused):
            return found
        raise Beyond if found.mistakes is None else Mistakes(*found.mistakes)

    def drop(self) -> None:
        self.ray.cancel(self.reference, force=True)


def _crashed() -> Diagnostic:
    headline = f"{_TRIES + 1} workers have died of the same piece of work"
    hint = "give each worker less to remember: `--memory`; what was found so far is kept"
    return Diagnostic("error", "workers-died", headline, hints=(hint,))
