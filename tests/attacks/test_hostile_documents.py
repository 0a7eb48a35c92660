"""Documents made to hurt whoever opens them: each gets its sentence, and the process here stays as it was."""

from __future__ import annotations

import os
import resource
import socket
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from constancia.domain.catalogue import explain
from constancia.domain.errors import TextRefused
from constancia.infra.texts import extract, limits, tidy
from tests.attacks.documents import HOSTILE, page_of_many_attributes
from tests.infra.texts.built import PROSE, docx, page, pdf_of

SOURCE = Path(__file__).parents[2] / "src"


def memory() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


@pytest.mark.parametrize(("made", "expected"), HOSTILE.values(), ids=HOSTILE.keys())
def test_a_document_made_to_hurt_is_refused_in_words(made: Callable[[], bytes], expected: str) -> None:
    data = made()
    before = memory()
    if not expected:
        assert "\0" not in extract(data).text
        return
    with pytest.raises(TextRefused) as caught:
        extract(data)
    assert caught.value.code == expected
    for language in ("es", "en"):
        assert "{" not in explain(caught.value, language)
    assert memory() - before < 150


def test_what_takes_too_long_is_ended_by_the_system(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "SECONDS", 2)
    with pytest.raises(TextRefused, match=r"texts\.too_slow") as caught:
        extract(page_of_many_attributes())
    assert caught.value.params == {"seconds": 2}


def test_what_takes_too_long_is_ended_from_here_too(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "PATIENCE", 2)
    with pytest.raises(TextRefused, match=r"texts\.too_slow") as caught:
        extract(page_of_many_attributes())
    assert caught.value.params == {"seconds": 2}


def test_what_asks_for_more_memory_than_there_is_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "MEMORY", 40_000_000)
    with pytest.raises(TextRefused, match=r"texts\.too_heavy"):
        extract((PROSE + "\n").encode() * 20_000)


ATTEMPTS = {
    "connecting": "import socket; socket.create_connection(('127.0.0.1', {port}), 2)",
    "asking for a number": "import socket; socket.getaddrinfo('localhost', {port})",
    "running": "import subprocess; subprocess.run(['true'])",
    "shell": "import os; os.system('true')",
    "splitting": "import os; os.fork()",
    "writing": "open({file!r}, 'w').write('x')",
    "writing below": "import os; os.open({file!r}, os.O_WRONLY | os.O_CREAT)",
}


@pytest.mark.parametrize("attempt", ATTEMPTS.values(), ids=ATTEMPTS.keys())
def test_the_reading_process_neither_connects_nor_runs_nor_writes(attempt: str, tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        line = attempt.format(port=server.getsockname()[1], file=str(tmp_path / "x"))
        confined = f"from constancia.infra.confined import confine; confine(5, 10**9); {line}"
        for program, fails in ((line, False), (confined, True)):
            done = subprocess.run(
                [sys.executable, "-c", program],
                env={"PYTHONPATH": str(SOURCE), "PATH": os.environ["PATH"]},
                capture_output=True,
                text=True,
                check=False,
            )
            assert (done.returncode != 0) == fails, done.stderr
            assert not fails or "PermissionError" in done.stderr
            assert (tmp_path / "x").exists() == ("{file" in attempt and not fails)
            (tmp_path / "x").unlink(missing_ok=True)


NATIVE = """
import ctypes, errno, struct
from constancia.infra.confined import confine
{confine}
libc = ctypes.CDLL(None, use_errno=True)
where = struct.pack("=HH4s8x", 2, (({port} & 255) << 8) | ({port} >> 8), bytes([127, 0, 0, 1]))
print(libc.connect(libc.socket(2, 1, 0), where, 16))
"""


def test_code_below_python_finds_no_network_either() -> None:
    if not sys.platform.startswith("linux"):
        pytest.skip("only Linux gives a process a network of its own")
    with socket.create_server(("127.0.0.1", 0)) as server:
        for confine, expected in (("", "0"), ("confine(5, 10**9)", "-1")):
            done = subprocess.run(
                [sys.executable, "-c", NATIVE.format(confine=confine, port=server.getsockname()[1])],
                env={"PYTHONPATH": str(SOURCE)},
                capture_output=True,
                text=True,
                check=True,
            )
            if expected == "-1" and done.stdout.strip() == "0" and not allowed_a_network():
                pytest.skip("this system gives processes no network of their own")
            assert done.stdout.strip() == expected


def allowed_a_network() -> bool:
    """Whether `unshare` succeeds for whoever runs the tests."""
    code = "import ctypes, sys; sys.exit(ctypes.CDLL(None).unshare(0x50000000) != 0)"
    return subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_the_reading_process_is_given_no_key_and_no_variable_of_ours(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("CONSTANCIA_SECRET_OF_THIS_TEST", "x")
    given: list[dict[str, str]] = []
    run = subprocess.run
    monkeypatch.setattr(
        subprocess, "run", lambda *args, **more: (given.append(more["env"]), run(*args, **more))[1]
    )
    assert extract(PROSE.encode()).text == PROSE
    assert set(given[0]) == {"PYTHONPATH", "PYTHONHASHSEED", "PYTHONUTF8", "TZ", "LC_ALL"}


def test_scripts_styles_and_comments_of_a_page_never_reach_its_text() -> None:
    hidden = (
        "<script>var presos = 99001;</script><style>.a{width:99002px}</style><!-- 99003 presos -->"
        "<noscript>99004</noscript><template>99005</template><svg><text>99006</text></svg>"
        '<script type=\'application/ld+json\'>{"articleBody": "99007 presos"}</script>'
    )
    for body in (f"<article><h1>Nota</h1><p>{PROSE}</p>{hidden}<p>{PROSE}</p></article>", f"{hidden}Breve."):
        assert "990" not in extract(page(body, head=hidden)).text


def test_what_is_deleted_in_a_document_is_not_in_its_text() -> None:
    gone = '<w:del w:id="1"><w:r><w:delText>99001</w:delText></w:r></w:del>'
    moved = '<w:moveFrom w:id="3"><w:r><w:t>99003</w:t></w:r></w:moveFrom>'
    kept = '<w:ins w:id="2"><w:r><w:t> y 61</w:t></w:r></w:ins>'
    fields = "<w:r><w:instrText>HYPERLINK 99002</w:instrText></w:r>"
    body = f"<w:p><w:r><w:t>Son 99</w:t></w:r>{gone}{moved}{kept}{fields}</w:p>"
    assert extract(docx(body)).text == "Son 99 y 61"


def test_a_number_that_is_shown_backwards_is_told_and_kept_in_its_true_order() -> None:
    text, notes = tidy("Son \u202e95\u202c excarcelados\u2066.\u2069")
    assert text == "Son 95 excarcelados."
    assert notes == ("texts.direction_stripped",)


def test_text_that_nobody_sees_is_taken_out_and_told() -> None:
    tags = "".join(chr(0xE0000 + ord(symbol)) for symbol in "presos")
    text, notes = tidy(f"Son 9\u200b9{tags} presos\u00ad os\ufeff")
    assert text == "Son 99 presos os"
    assert notes == ("texts.hidden_stripped",)


def test_marks_piled_on_letters_are_thinned_out_and_told() -> None:
    text, notes = tidy("P" + "\u0300\u0301\u0302\u0303" * 500 + "resos")
    assert len(text) < 12
    assert notes == ("texts.marks_stripped",)


def test_one_look_alike_letter_is_told_and_many_are_refused() -> None:
    assert tidy(f"{PROSE} Los рresos.")[1] == ("texts.look_alike_letters",)
    assert tidy("El partido «Единая Россия» y la letra α.")[1] == ()
    with pytest.raises(TextRefused, match=r"texts\.scripts_mixed"):
        tidy("Los рresоs роlíticos sоn cienтo dоs. " * 3)


def test_what_a_file_is_called_is_not_believed() -> None:
    assert extract(pdf_of([PROSE[:90]]), name="nota.html", media="text/html").media == "application/pdf"
    with pytest.raises(TextRefused, match=r"texts\.kind_unknown"):
        extract(b"\x7fELF" + bytes(200), name="nota.txt", media="text/plain")
