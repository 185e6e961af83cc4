"""A list that answers 404 behind its last page has ended; any other 404 is a failure."""

from __future__ import annotations

from dataclasses import replace

import pytest

from archive.frontier import Entry
from crawler.items import Failed
from crawler.pipelines.storing import is_end_of_list

URL = "http://whly.gd.gov.cn/gkmlpt/api/all/2629?page=2&sid=175"
PAGE_2 = Entry(
    1, 1, "whly.gd.gov.cn", "list", URL, "GET", None, {"open_end": True}, "pending", None, None, 1
)


def test_behind_the_last_page() -> None:
    assert is_end_of_list(Failed(PAGE_2, "not_found", "HTTP 404", 1))


@pytest.mark.parametrize(
    ("entry", "outcome"),
    [
        (PAGE_2, "forbidden"),
        (PAGE_2, "server_error"),
        (replace(PAGE_2, args={}), "not_found"),
        (replace(PAGE_2, role="column"), "not_found"),
        (replace(PAGE_2, role="article"), "not_found"),
    ],
)
def test_any_other_answer_is_a_failure(entry: Entry, outcome: str) -> None:
    assert not is_end_of_list(Failed(entry, outcome, "HTTP", 1))
