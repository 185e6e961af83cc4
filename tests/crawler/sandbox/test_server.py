"""The server: a proxy for real host names, over http and https, that ends with its parent."""

import gzip
import http.client
import json
import ssl
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import HTTPSHandler, OpenerDirector, ProxyHandler, build_opener

import pytest

from crawler.sandbox.process import SandboxProcess

from .conftest import SEED

ROOT = Path(__file__).parents[3]


@pytest.fixture(scope="module")
def sandbox(tmp_path_factory) -> Iterator[SandboxProcess]:
    log = tmp_path_factory.mktemp("sandbox") / "access.log"
    with SandboxProcess("small", SEED, log=log) as process:
        process.log = log
        yield process


@pytest.fixture
def client(sandbox: SandboxProcess) -> OpenerDirector:
    """A client that verifies: the certificate must name the host and come from the authority."""
    context = ssl.create_default_context(cadata=sandbox.ca)
    proxies = {"http": sandbox.proxy, "https": sandbox.proxy}
    return build_opener(ProxyHandler(proxies), HTTPSHandler(context=context))


def test_it_serves_the_world_over_http(client, truth):
    report = next(r for r in truth["reports"] if r["host"] == "xzsp.xiangyang.gov.cn")
    with client.open(report["url"]) as reply:
        assert report["title"] in reply.read().decode("utf-8", "replace")


def test_a_double_slash_before_the_path_changes_nothing(client, truth):
    url = next(r["url"] for r in truth["reports"] if r["url"].startswith("http://www.xyxz"))
    doubled = url.replace(".cn/", ".cn//")
    with client.open(doubled) as reply:
        assert reply.status == 200


@pytest.mark.parametrize("host", ["www.qy.gov.cn", "qy.gov.cn"])
def test_it_speaks_tls_with_a_certificate_for_the_host(client, host):
    with client.open(f"https://{host}/qy/xhtml/gkml.html") as reply:
        assert "政府信息公开目录" in reply.read().decode()


def test_https_sites_redirect_http_and_http_sites_refuse_tls(client):
    with client.open("http://www.hbhr.gov.cn/hrqxxgk/xxgknb/") as reply:
        assert reply.url == "https://www.hbhr.gov.cn/hrqxxgk/xxgknb/"
    with pytest.raises(OSError, match="502"):
        client.open("https://xzsp.xiangyang.gov.cn/zwgk/gknb/")


def test_a_ucap_folder_leads_to_its_list(client):
    with client.open("https://www.qy.gov.cn/qy/gknb/") as reply:
        assert reply.url.endswith("/qy/gknb/list.shtml")


def test_an_unknown_host_is_refused(client):
    with pytest.raises(HTTPError) as error:
        client.open("http://www.beijing.gov.cn/")
    with closing(error.value) as reply:
        assert (reply.code, reply.headers["X-Sandbox"]) == (502, "unknown-host")
    with pytest.raises(OSError, match="502"):
        client.open("https://www.beijing.gov.cn/")


def test_it_compresses_unasked_and_sets_cookies(client):
    with client.open("http://www.ezhou.gov.cn/gk/xxgknb/") as reply:
        assert reply.headers["Content-Encoding"] == "gzip"
        assert "政府信息公开年报" in gzip.decompress(reply.read()).decode()
    with client.open("http://xzsp.xiangyang.gov.cn/zwgk/gknb/") as reply:
        assert reply.headers["Set-Cookie"].startswith("SF_cookie_18=")


def test_a_connection_is_kept_and_counts_its_visits(sandbox, truth):
    host, port = sandbox.proxy.removeprefix("http://").split(":")
    report = next(r for r in truth["reports"] if r["host"] == "www.qy.gov.cn")
    context = ssl.create_default_context(cadata=sandbox.ca)
    connection = http.client.HTTPSConnection(host, int(port), context=context)
    connection.set_tunnel("www.qy.gov.cn", 443)
    with closing(connection):
        bodies, sockets = [], set()
        for _ in range(3):
            connection.request("GET", report["url"].removeprefix("https://www.qy.gov.cn"))
            bodies.append(connection.getresponse().read())
            sockets.add(id(connection.sock))
        assert len(set(bodies)) == 3
        assert len(sockets) == 1
        connection.request("HEAD", "/qy/gknb/list.shtml")
        reply = connection.getresponse()
        assert (reply.status, reply.read()) == (200, b"")
        assert int(reply.headers["Content-Length"]) > 1000


def test_it_logs_what_was_asked(sandbox):
    """A line a request: when, on which connection, what, and what became of it."""
    host, port = sandbox.proxy.removeprefix("http://").split(":")
    context = ssl.create_default_context(cadata=sandbox.ca)
    connection = http.client.HTTPSConnection(host, int(port), context=context)
    connection.set_tunnel("www.dx.gov.cn", 443)
    with closing(connection):
        for path in ("/dx/ndbg/list.shtml?from=log", "/nothing", "/"):
            connection.request("GET", path)
            connection.getresponse().read()
    lines = [json.loads(line) for line in sandbox.log.read_text().splitlines()]
    first = next(i for i, line in enumerate(lines) if "from=log" in line["path"])
    # The last line may still be unwritten; those before are written before the next is asked.
    opened, page, missing = lines[first - 1 : first + 2]
    assert (opened["method"], opened["tls"]) == ("CONNECT", "TLSv1.3")
    assert (page["method"], page["scheme"], page["host"]) == ("GET", "https", "www.dx.gov.cn")
    assert (page["status"], missing["status"], page["obstacle"]) == (200, 404, None)
    assert opened["connection"] == page["connection"] == missing["connection"]
    assert opened["end"] <= page["start"] <= page["end"] <= missing["start"]


@contextmanager
def start(*options: str) -> Iterator[subprocess.Popen]:
    command = [sys.executable, "-m", "crawler.sandbox", "--seed", str(SEED), *options]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, cwd=ROOT
    ) as process:
        try:
            yield process
        finally:
            process.kill()  # one that does not end by itself must not outlive its failed test


@pytest.mark.parametrize("how", ["stdin", "terminate"])
def test_it_ends_by_itself(how, tmp_path):
    file = tmp_path / "truth.json"
    with start("--truth", str(file)) as process:
        ready = json.loads(process.stdout.readline())
        assert ready["proxy"].startswith("http://127.0.0.1:")
        if how == "stdin":
            process.stdin.close()
        else:
            process.terminate()
        assert process.wait(10) == 0
        assert process.stderr.read() == b""
    assert json.loads(file.read_text("utf-8"))["seed"] == SEED


def test_a_wrong_size_is_refused_with_the_choices():
    with start("--size", "huge") as process:
        _, words = process.communicate()
        assert process.returncode == 2
        assert b"small" in words


def test_a_log_that_cannot_be_written_is_said_so(tmp_path):
    with start("--log", str(tmp_path / "nowhere" / "log")) as process:
        _, words = process.communicate()
        assert process.returncode == 1
        assert words.startswith(b"error: cannot write")
        assert words.count(b"\n") == 1


def test_a_taken_port_is_said_so(sandbox):
    port = int(sandbox.proxy.rsplit(":", 1)[1])
    with pytest.raises(RuntimeError, match=f"--port {port}"), SandboxProcess(port=port):
        pass
