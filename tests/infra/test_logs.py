"""No value that belongs to a person reaches a log line."""

from __future__ import annotations

import io
import logging
from collections.abc import Iterator

import pytest

from constancia.infra.logs import ImpersonalFormatter

NAME = "Eduvigis Inventada"


@pytest.fixture
def log() -> Iterator[io.StringIO]:
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    handler.setFormatter(ImpersonalFormatter())
    names = ("constancia.test", "django.test")
    for name in names:
        logging.getLogger(name).addHandler(handler)
        logging.getLogger(name).setLevel(logging.INFO)
    yield stream
    for name in names:
        logging.getLogger(name).removeHandler(handler)


def test_of_a_library_s_message_only_the_template_is_kept(log: io.StringIO) -> None:
    logging.getLogger("django.test").warning("Not Found: %s", f"/registro/{NAME}")
    assert NAME not in log.getvalue()
    assert "Not Found: %s" in log.getvalue()


def test_our_own_message_is_filled(log: io.StringIO) -> None:
    logging.getLogger("constancia.test").info("recorded %d rows", 3)
    assert "recorded 3 rows" in log.getvalue()


@pytest.mark.parametrize("logger", ["constancia.test", "django.test"])
def test_of_an_exception_only_its_class_and_places_are_kept(log: io.StringIO, logger: str) -> None:
    secret = NAME
    try:
        try:
            raise KeyError(secret)
        except KeyError as error:
            raise ValueError(f"cannot read {secret}") from error
    except ValueError:
        logging.getLogger(logger).exception("failed", stack_info=True)
    assert NAME not in log.getvalue()
    assert "ValueError" in log.getvalue()
    assert "test_logs.py:" in log.getvalue()
    assert "raise ValueError" not in log.getvalue()
