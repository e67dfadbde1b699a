"""Media on loopback: the network namespaces that .ci/run makes, entered by the tests that need one.

Each process of the tests has its own: two engines side by side would want the same ports.

Janus never offers the loopback interface, so the namespace has one of its own kind: a veth with 127.0.0.5. See .ci/run.
"""

import ctypes
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

_GIVEN = os.environ.get("PHOIHOP_TEST_NETNS", "")
_OWN = f"{_GIVEN}-{os.environ.get('PYTEST_XDIST_WORKER', '')}"
NAME = _OWN if Path(f"/run/netns/{_OWN}").exists() else _GIVEN
ADDRESS = "127.0.0.5"
_NETWORK = 0x40000000  # CLONE_NEWNET


@contextmanager
def inside() -> Iterator[None]:
    """This thread, and whatever it starts, is in the namespace until the block is left."""
    own = os.open("/proc/thread-self/ns/net", os.O_RDONLY)
    try:
        _enter(os.open(f"/run/netns/{NAME}", os.O_RDONLY))
        yield
    finally:
        _enter(own)


def chromium_inside(folder: Path, chromium: str) -> str:
    """A program that is Chromium in the namespace: the browser's driver was started outside of it."""
    program = folder / "chromium"
    program.write_text(f'#!/bin/sh\nexec ip netns exec {NAME} {chromium} "$@"\n')
    program.chmod(0o755)
    return str(program)


def _enter(namespace: int) -> None:
    try:
        if ctypes.CDLL(None, use_errno=True).setns(namespace, _NETWORK) != 0:
            raise OSError(ctypes.get_errno(), "the network namespace cannot be entered")
    finally:
        os.close(namespace)
