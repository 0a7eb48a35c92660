"""Splink logs its queries and prints its progress. Nothing of that may reach a log or a terminal.

Queries hold values, and so do the messages of what goes wrong: they end here, as a refusal of ours.
"""

from __future__ import annotations

import io
import logging
import warnings
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stdout

import duckdb
from splink.internals.exceptions import SplinkException

from constancia.domain.errors import StoreRefused

LOGGERS = ("splink", "py4j", "pyspark", "sqlglot")


@contextmanager
def quiet() -> Iterator[None]:
    """Nothing is logged or printed inside. What fails in the engine becomes StoreRefused `linking.engine`,
    `linking.memory` where memory did not suffice; its own words are dropped."""
    before = [(logging.getLogger(name), logging.getLogger(name).level) for name in LOGGERS]
    for logger, _ in before:
        logger.setLevel(logging.CRITICAL + 1)
    try:
        with warnings.catch_warnings(), redirect_stdout(io.StringIO()):
            warnings.simplefilter("ignore")
            yield
    except (SplinkException, duckdb.Error) as error:
        full = isinstance(error, duckdb.OutOfMemoryException) or "Out of Memory" in str(error)
        raise StoreRefused("linking.memory" if full else "linking.engine") from None
    finally:
        for logger, level in before:
            logger.setLevel(level)
