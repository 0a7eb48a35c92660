"""What files say of themselves is told; a copy of them says nothing; no decoder's failure gets out."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from contextlib import suppress
from io import BytesIO
from pathlib import Path

import pypdf
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

import constancia
from constancia.domain.errors import InputRefused
from constancia.domain.vocabulary.files import FileNote, FileTrait
from constancia.infra.viewing import Examined, examine, kind_of, page_picture, shareable
from constancia.infra.viewing.kinds import GIF, HEIC, JPEG, MP3, MP4, OGG, PNG, TIFF, WEBP
from constancia.infra.viewing.limits import EDGE
from constancia.infra.viewing.within import office as offices
from constancia.infra.viewing.within import pages, picture, recording
from constancia.infra.viewing.within.provenance import provenance
from constancia.infra.viewing.within.seen import Seen
from constancia.infra.viewing.within.xmp import read_xmp
from tests.infra.texts.built import pdf_of
from tests.infra.viewing import built
from tests.infra.viewing.built import AUTHOR, PLACE

SOURCE = Path(constancia.__file__).parents[1]
FIXTURES = Path(__file__).parents[2] / "fixtures"
picture.load()


def test_a_photograph_tells_who_where_when_and_with_what() -> None:
    traits = dict(picture.look(JPEG, built.photograph()).traits)
    assert traits[FileTrait.AUTHOR] == AUTHOR
    assert traits[FileTrait.GPS] == PLACE
    assert traits[FileTrait.SERIAL] == "SERIE-77"
    assert traits[FileTrait.TAKEN] == "2026:01:08 10:00:00"
    assert traits[FileTrait.DEVICE] == "Modelo 9"


@pytest.mark.parametrize(("kind", "form"), [(JPEG, "JPEG"), (WEBP, "WEBP"), (PNG, "PNG"), (TIFF, "TIFF")])
def test_a_copy_is_pixels_upright_and_nothing_else(kind: picture.FileKind, form: str) -> None:
    made = picture.copy(kind, built.photograph(form))
    with Image.open(BytesIO(made)) as copied:
        assert copied.format == "JPEG"
        assert copied.size == (40, 60)  # the camera lay on its side
        assert not copied.getexif()
        assert set(copied.info) <= {"jfif", "jfif_version", "jfif_unit", "jfif_density"}
    for word in (AUTHOR, "SERIE", "Marca", "Programa", "Exif", "xmp"):
        assert word.encode() not in made


def test_a_heic_photograph_tells_who_and_where_and_its_copy_is_pixels_alone() -> None:
    # Encoded once with x265 (heif-enc 1.15) out of `built.photograph()`: no library here writes HEVC.
    data = (FIXTURES / "pictures" / "fotografia.heic").read_bytes()
    assert kind_of(data) is HEIC
    told = dict(examine(HEIC, data).traits)
    assert (told[FileTrait.AUTHOR], told[FileTrait.GPS]) == (AUTHOR, PLACE)
    made = page_picture(HEIC.media, data)
    with Image.open(BytesIO(made)) as drawn:
        assert (drawn.format, drawn.size, dict(drawn.getexif())) == ("JPEG", (60, 40), {})
        red, green, blue = drawn.convert("RGB").getpixel((30, 20))
    assert red < 20
    assert abs(green - 128) < 20
    assert abs(blue - 128) < 20
    assert AUTHOR.encode() not in made


def test_a_copy_has_at_most_its_edge() -> None:
    with Image.open(BytesIO(picture.copy(PNG, built.picture("PNG", (2 * EDGE, EDGE))))) as copied:
        assert copied.size == (EDGE, EDGE // 2)


def test_of_a_moving_gif_the_first_picture_is_copied() -> None:
    out = BytesIO()
    frames = [Image.new("RGB", (9, 9), colour) for colour in ("red", "blue")]
    frames[0].save(out, "GIF", save_all=True, append_images=frames[1:])
    with Image.open(BytesIO(picture.copy(GIF, out.getvalue()))) as copied:
        red, _, blue = copied.getpixel((4, 4))  # type: ignore[misc]
        assert (red > 200, blue < 60) == (True, True)


def test_what_is_seen_through_stands_on_white() -> None:
    out = BytesIO()
    Image.new("RGBA", (9, 9), (0, 0, 0, 0)).save(out, "PNG")
    with Image.open(BytesIO(picture.copy(PNG, out.getvalue()))) as copied:
        assert copied.getpixel((4, 4)) == (255, 255, 255)


def test_a_picture_of_sixteen_bits_is_not_a_white_sheet() -> None:
    out = BytesIO()
    Image.new("I;16", (9, 9), 20_000).save(out, "PNG")
    with Image.open(BytesIO(picture.copy(PNG, out.getvalue()))) as copied:
        assert abs(copied.getpixel((4, 4))[0] - 78) < 6  # type: ignore[index]


def test_a_cut_photograph_is_kept_and_said_to_be_damaged() -> None:
    whole = built.photograph(size=(900, 900))
    seen = picture.look(JPEG, whole[: len(whole) // 2])
    assert FileNote.DAMAGED in seen.notes
    assert dict(seen.traits)[FileTrait.GPS] == PLACE
    with pytest.raises(InputRefused, match=r"evidence\.no_copy"):
        picture.copy(JPEG, whole[: len(whole) // 2])


def test_words_in_a_png_are_told() -> None:
    assert (FileTrait.AUTHOR, AUTHOR) in picture.look(PNG, built.png_with_words()).traits


def test_a_pdf_tells_its_author_and_its_programs() -> None:
    assert (FileTrait.AUTHOR, AUTHOR) in pages.look(built.pdf_with_words()).traits
    seen = pages.look(built.pdf_with_program())
    assert FileNote.ACTIVE in seen.notes
    assert pages.look(pdf_of(["una"], ["dos"])).pages == 2


def test_a_document_tells_its_author() -> None:
    core = f"<dc:creator>{AUTHOR}</dc:creator><dcterms:created x='1'>2026-01-08</dcterms:created>"
    traits = dict(offices.look(built.office(core=core)).traits)
    assert traits == {FileTrait.AUTHOR: AUTHOR, FileTrait.CREATED: "2026-01-08"}


def test_a_document_that_would_call_out_is_noted() -> None:
    rels = (
        '<Relationships><Relationship Id="r1" Type="http://x/attachedTemplate" Target="http://x.example/t"'
        ' TargetMode="External"/></Relationships>'
    )
    assert FileNote.LINKS in offices.look(built.office({"word/_rels/settings.xml.rels": rels})).notes


def test_a_video_tells_where_the_telephone_was() -> None:
    assert (FileTrait.GPS, "+10.5042-066.9000+900.0/") in recording.look(MP4, built.video_with_place()).traits


def test_a_manifest_of_provenance_and_whom_it_names_are_told() -> None:
    assert provenance(built.jpeg_with_manifest()) == [
        (FileTrait.MANIFEST, "C2PA"),
        (FileTrait.MANIFEST_NAME, AUTHOR),
        (FileTrait.MANIFEST_TOOL, "Camara/1.0 "),
    ]
    assert provenance(built.photograph()) == []


def test_xmp_is_read_in_both_of_its_forms() -> None:
    seen = Seen()
    read_xmp(
        b'<x:xmpmeta><rdf:Description xmp:CreatorTool="Programa 2"><dc:creator><rdf:Seq><rdf:li>'
        b"Zutana &amp; Perengano</rdf:li></rdf:Seq></dc:creator></rdf:Description></x:xmpmeta>",
        seen,
    )
    assert set(seen.traits) == {
        (FileTrait.AUTHOR, "Zutana & Perengano"),
        (FileTrait.SOFTWARE, "Programa 2"),
    }


def test_the_process_examines_copies_and_refuses_as_its_parts_do() -> None:
    data = built.photograph()
    examined = examine(kind_of(data), data)
    assert (FileTrait.GPS, PLACE) in examined.traits
    assert Examined.read(examined.text()) == examined
    media, made = shareable("application/pdf", built.pdf_with_words())
    assert media == "application/pdf"
    assert AUTHOR.encode() not in made
    found = pypdf.PdfReader(BytesIO(made))
    assert (len(found.pages), found.metadata, found.pages[0].extract_text()) == (1, None, "")
    with pytest.raises(InputRefused, match=r"evidence\.page"):
        page_picture("application/pdf", pdf_of(["una"]), 2)
    with pytest.raises(InputRefused, match=r"evidence\.no_copy"):
        page_picture("audio/ogg", b"OggS")


ATTEMPTS = {
    "reading": "open({file!r}).read()",
    "reading in C": "libc = ctypes.CDLL(None); assert libc.open({file!r}.encode(), 0) >= 0",
    "running in C": "libc = ctypes.CDLL(None); libc.execve(b'/bin/true', None, None); sys.exit(3)",
}


@pytest.mark.parametrize("attempt", ATTEMPTS.values(), ids=ATTEMPTS.keys())
def test_the_viewing_process_opens_no_file_once_it_is_loaded(attempt: str, tmp_path: Path) -> None:
    path = tmp_path / "llave"
    path.write_text("secreto")
    line = attempt.format(file=str(path))
    start = "import ctypes, sys; from constancia.infra.confined import leave_the_files; "
    for leave, fails in (("", False), ("sys.exit(9) if not leave_the_files() else None; ", True)):
        done = subprocess.run(
            [sys.executable, "-c", start + leave + line],
            env={"PYTHONPATH": str(SOURCE)},
            capture_output=True,
            check=False,
        )
        if done.returncode == 9:
            pytest.skip("this system has no Landlock")
        assert (done.returncode != 0) == fails, done.stderr


READERS: dict[str, tuple[Callable[[bytes], object], bytes]] = {
    "jpeg": (lambda data: picture.look(JPEG, data), built.photograph()),
    "png": (lambda data: picture.look(PNG, data), built.png_with_words()),
    "webp": (lambda data: picture.look(WEBP, data), built.photograph("WEBP")),
    "tiff": (lambda data: picture.look(TIFF, data), built.photograph("TIFF")),
    "gif": (lambda data: picture.copy(GIF, data), built.picture("GIF", mode="P")),
    "heic": (lambda data: picture.look(HEIC, data), built.heic_with_gps()),
    "pdf": (pages.look, built.pdf_with_words()),
    "docx": (offices.look, built.office(core="<dc:creator>Z</dc:creator>")),
    "mp4": (lambda data: recording.look(MP4, data), built.video_with_place()),
    "mp3": (lambda data: recording.look(MP3, data), b"ID3\x03\0\0\0\0\0\x14TPE1\0\0\0\x05\0\0\0Zutana"),
    "ogg": (lambda data: recording.look(OGG, data), b"OggS" + bytes(22) + b"\x01\x02ab"),
    "c2pa": (provenance, built.jpeg_with_manifest()),
    "xmp": (lambda data: read_xmp(data, Seen()), b"<dc:creator><rdf:Seq><rdf:li>Z</rdf:li></dc:creator>"),
}


@pytest.mark.parametrize(("read", "data"), READERS.values(), ids=READERS.keys())
@settings(max_examples=40, deadline=None)
@given(draw=st.data())
def test_no_reader_lets_out_any_other_error_than_the_one(
    read: Callable[[bytes], object], data: bytes, draw: st.DataObject
) -> None:
    altered = bytearray(data[: draw.draw(st.integers(len(data) // 3, len(data)))])
    for _ in range(draw.draw(st.integers(0, 6))):
        altered[draw.draw(st.integers(0, len(altered) - 1))] = draw.draw(st.integers(0, 255))
    with suppress(InputRefused):
        read(bytes(altered))
