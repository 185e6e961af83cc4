"""The sandbox as a process of its own, for the crawl command and for tests."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from types import TracebackType
from typing import Any

_ROOT = Path(__file__).parents[2]
_PATIENCE = 10.0  # seconds to end by itself before it is made to


class SandboxProcess:
    """Starts the sandbox on entering and stops it on leaving.

    Attributes:
        proxy: Address of the proxy (``http://127.0.0.1:PORT``), once entered.
        ca: The authority's certificate (PEM), for clients that verify.
        hosts: The host names that it answers for.
        pid: The process id.
    """

    def __init__(
        self, size: str = "small", seed: int = 1, *, port: int = 0,
        truth: Path | None = None, log: Path | None = None, obstacles: str = "",
        faults: float = 0.0, until: int | None = None, changes: str = "", files: str = "",
    ) -> None:  # fmt: skip
        """Take the same options as ``python -m crawler.sandbox``; nothing is started yet."""
        self._command = [
            sys.executable, "-m", "crawler.sandbox", "--size", size, "--seed", str(seed),
            "--port", str(port), "--obstacles", obstacles, "--faults", str(faults),
            "--changes", changes, "--files", files,
        ]  # fmt: skip
        if until is not None:
            self._command += ["--until", str(until)]
        if truth is not None:
            self._command += ["--truth", str(truth)]
        if log is not None:
            self._command += ["--log", str(log)]
        self._process: subprocess.Popen[str] | None = None
        self.proxy = self.ca = ""
        self.hosts: list[str] = []
        self.pid = 0

    def __enter__(self) -> SandboxProcess:
        """Start the process and wait until it is ready.

        Raises:
            RuntimeError: It ended instead; its own words are on standard error.
        """
        paths = [str(_ROOT), os.environ.get("PYTHONPATH", "")]
        environment = os.environ | {"PYTHONPATH": os.pathsep.join(filter(None, paths))}
        process = subprocess.Popen(
            self._command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
            encoding="utf-8", env=environment,
            start_new_session=True,  # Ctrl-C is for the crawl, which then ends its sandbox
        )  # fmt: skip
        self._process, self.pid = process, process.pid
        assert process.stdout is not None
        line = process.stdout.readline()
        if not line:
            self.stop()
            raise RuntimeError(f"the sandbox did not start: {' '.join(self._command)}")
        ready: dict[str, Any] = json.loads(line)
        self.proxy, self.ca, self.hosts = ready["proxy"], ready["ca"], ready["hosts"]
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Stop the process."""
        self.stop()

    def stop(self) -> int | None:
        """Close its standard input, wait for its end, and return its exit code."""
        process = self._process
        if process is None:
            return None
        self._process = None
        for stream in (process.stdin, process.stdout):
            if stream is not None:
                stream.close()
        try:
            return process.wait(_PATIENCE)
        except subprocess.TimeoutExpired:
            process.kill()
            return process.wait()
