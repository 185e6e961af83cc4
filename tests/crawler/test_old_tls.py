"""Servers of the last decade are let in: a handshake in memory, no network."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.x509.oid import NameOID
from OpenSSL import SSL

from crawler.old_tls import OldTlsHandler, _LenientFactory
from tests.crawler.support import a_crawler, a_run


def old_server(version: int) -> SSL.Connection:
    """Return a server that speaks one version, with a key too small for today's rules."""
    key = rsa.generate_private_key(public_exponent=65537, key_size=1024)
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "old.gov.cn")])
    now = datetime.now(UTC)
    end = now + timedelta(days=1)
    builder = x509.CertificateBuilder(name, name, key.public_key(), 1, now, end)
    certificate = builder.sign(key, hashes.SHA256())
    context = SSL.Context(SSL.TLS_METHOD)
    context.set_cipher_list(b"ALL:@SECLEVEL=0")
    context.set_min_proto_version(version)
    context.set_max_proto_version(version)
    context.use_privatekey(key)
    context.use_certificate(certificate)
    server = SSL.Connection(context, None)
    server.set_accept_state()
    return server


def shake_hands(client: SSL.Connection, server: SSL.Connection) -> str:
    """Pass bytes to and fro until both are content; return the version agreed on."""
    ends = [(client, server), (server, client)]
    for _ in range(10):
        waiting = 0
        for here, there in ends:
            try:
                here.do_handshake()
            except SSL.WantReadError:
                waiting += 1
            while True:
                try:
                    there.bio_write(here.bio_read(65536))
                except SSL.WantReadError:
                    break
        if not waiting:
            return client.get_protocol_version_name()
    raise AssertionError("the handshake does not end")


@pytest.mark.parametrize(
    ("version", "name"),
    [
        (SSL.TLS1_VERSION, "TLSv1"),
        (SSL.TLS1_1_VERSION, "TLSv1.1"),
        (SSL.TLS1_2_VERSION, "TLSv1.2"),
        (SSL.TLS1_3_VERSION, "TLSv1.3"),
    ],
)
def test_each_version_is_spoken(tmp_path: Path, version: int, name: str) -> None:
    run = a_run(tmp_path)
    crawler = a_crawler(run)
    assert crawler.settings["DOWNLOAD_HANDLERS"]["https"] == (
        f"{OldTlsHandler.__module__}.{OldTlsHandler.__name__}"
    )
    options = _LenientFactory.from_crawler(crawler)._get_cert_options()
    client = SSL.Connection(options.getContext(), None)
    client.set_connect_state()
    assert shake_hands(client, old_server(version)) == name
    run.archive.close()
