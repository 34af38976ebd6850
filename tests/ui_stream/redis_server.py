"""A Redis server of the tests' own: Debian's, on a free port."""

from __future__ import annotations

import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

MISSING = "redis-server is not installed: run `make debian-packages`"


@dataclass
class RedisServer:
    """A running server with these options. One that is ``durable`` has its data again after :meth:`restart`."""

    folder: Path
    port: int
    options: dict[str, str]
    process: subprocess.Popen[bytes]

    @property
    def url(self) -> str:
        return f"redis://127.0.0.1:{self.port}"

    def restart(self, pause: float = 0.3) -> None:
        """Ends the server, and starts it again after ``pause`` seconds."""
        self.process.terminate()
        self.process.wait()
        time.sleep(pause)
        self.process = _started(self.folder, self.port, self.options)


@contextmanager
def running_redis(
    folder: Path, *, durable: bool = False, cluster: bool = False
) -> Iterator[RedisServer]:
    """Skips the test where there is no redis-server. A ``cluster`` has this one node, to which slots are still to be given."""
    options = {"appendonly": _said(durable), "cluster-enabled": _said(cluster)}
    port = _free_port()
    server = RedisServer(folder, port, options, _started(folder, port, options))
    try:
        yield server
    finally:
        server.process.kill()
        server.process.wait()


@contextmanager
def redis_server(folder: Path) -> Iterator[str]:
    """The address of a server that keeps nothing on disk."""
    with running_redis(folder) as server:
        yield server.url


def _free_port() -> int:
    """One that a cluster takes, which listens on another, greater by 10,000, too."""
    while True:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port: int = free.getsockname()[1]
        if port < 2**16 - 10_000:
            return port


def _said(option: bool) -> str:
    return "yes" if option else "no"


def _started(folder: Path, port: int, own: dict[str, str]) -> subprocess.Popen[bytes]:
    found = shutil.which("redis-server")
    if found is None:
        pytest.skip(MISSING)
    options = {"port": port, "bind": "127.0.0.1", "save": "", "dir": folder, **own}
    words = [str(word) for key, value in options.items() for word in (f"--{key}", value)]
    process = subprocess.Popen([found, *words], stdout=subprocess.DEVNULL)
    _wait(port, process)
    return process


def _wait(port: int, process: subprocess.Popen[bytes]) -> None:
    for _ in range(500):
        assert process.poll() is None, "redis-server ended"
        try:
            with socket.create_connection(("127.0.0.1", port), timeout=1) as asked:
                asked.sendall(b"PING\r\n")
                if asked.recv(100).startswith(b"+PONG"):
                    return
        except OSError:
            pass
        time.sleep(0.01)
    raise AssertionError("redis-server does not answer")
