"""Pictures and films without a window, read back by other programs' eyes."""

import io
import json
import re
import signal
import subprocess
import sys
import xml.etree.ElementTree as ET
from itertools import pairwise
from pathlib import Path

import pytest
from PIL import Image, ImageChops
from PySide6.QtGui import QFont, QFontMetricsF, QImage

from netviz import cli
from netviz.app.pictures import drawing, films
from netviz.app.pictures.films import Film
from netviz.views.panels.regions import RegionsPanel
from netviz.views.registry import panel_names

SVG = "{http://www.w3.org/2000/svg}"
FEW_STEPS = ("--steps", "0:8", "--every", "2", "--fps", "12", "--panel", "loss", "--size", "320x240")
# Response surfaces, the only pictures inside a drawing: of units, of the answers, of a dial's five places,
# of the plane before and after the fold, of the collapsed network beside its own.
SURFACES = {"network": 5, "surface": 1, "dial": 5, "fold": 2, "collapse": 2}


@pytest.fixture
def render(tmp_path, monkeypatch, capfd):
    """Call `netviz render xor` in a folder of its own; gives the exit status and what was said."""
    monkeypatch.chdir(tmp_path)

    def call(*words):
        status = cli.main(["render", "xor", *words])
        out, err = capfd.readouterr()
        call.said = out.splitlines()
        return status, err

    return call


def drawn(path: Path) -> ET.Element:
    return ET.fromstring(path.read_text(encoding="utf-8"))


@pytest.mark.parametrize("name", panel_names())
def test_a_panels_drawing_has_text_and_lines_and_no_pictures_but_surfaces(render, tmp_path, name):
    assert render("--step", "172", "--panel", name, "--size", "900x700", "-o", "a.svg") == (0, "")
    tree = drawn(tmp_path / "a.svg")
    assert (tree.get("width"), tree.get("height")) == ("900", "700")
    assert "".join("".join(text.itertext()) for text in tree.iter(f"{SVG}text")).strip()
    assert len(list(tree.iter(f"{SVG}image"))) <= SURFACES.get(name, 0)


def said_in(file):
    return {"".join(text.itertext()).strip() for text in drawn(file).iter(f"{SVG}text")}


def test_only_the_first_start_is_drawn_with_its_hint(render, tmp_path):
    assert render("--step", "172", "--window", "-o", "a.svg") == (0, "")
    assert "Drag me" in said_in(tmp_path / "a.svg")
    assert render("--step", "172", "--panel", "surface", "-o", "a.svg") == (0, "")
    assert "Drag me" not in said_in(tmp_path / "a.svg")
    assert render("--set", "learning_rate=0.2", "--step", "172", "--window", "-o", "a.svg") == (0, "")
    assert "Drag me" not in said_in(tmp_path / "a.svg")


def test_the_timeline_tells_what_the_run_has_reached_as_the_window_does(render, tmp_path):
    assert render("--step", "60", "--window", "-o", "a.svg") == (0, "")
    assert "10: with starts to bend" in said_in(tmp_path / "a.svg")


def test_a_lessons_card_is_drawn_as_a_hall_sees_it(render, tmp_path):
    assert render("--card", "why:6", "-o", "a.svg") == (0, "")
    said = ["".join(text.itertext()).strip() for text in drawn(tmp_path / "a.svg").iter(f"{SVG}text")]
    assert {"Why activation? 6 of 8", "The answer", "−0.83", "With ReLU: bent to an L"} <= set(said)
    assert len(list(drawn(tmp_path / "a.svg").iter(f"{SVG}image"))) <= SURFACES["fold"] + 1
    assert render("--card", "why:6", "--size", "1024x768", "-o", "a.png") == (0, "")
    with Image.open(tmp_path / "a.png") as picture:
        assert picture.size == (1024, 768)
        assert picture.getpixel((5, 5)) == (0, 0, 0)  # the band
        assert picture.getpixel((5, 760)) == (
            255,
            255,
            255,
        )  # the projector's theme
    assert render("--card", "why:6", "--theme", "dark", "-o", "a.png") == (0, "")
    with Image.open(tmp_path / "a.png") as picture:
        assert picture.getpixel((5, 1070)) == (27, 34, 43)


def test_a_whole_lesson_is_one_pdf_with_a_page_a_card(render, tmp_path):
    assert render("--card", "why", "-o", "a.pdf") == (0, "")
    data = (tmp_path / "a.pdf").read_bytes()
    assert data.startswith(b"%PDF-")
    assert len(re.findall(rb"/Type /Page\b", data)) == 8
    assert b"[0 0 1440.000000 810.000000]" in data  # 1920x1080 at 96 px to the inch
    assert b"/FontFile" in data  # text is text


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("--card", "why:9"), "why: no card 9; there are 1 to 8"),
        (("--card", "wyh:1"), "no lesson 'wyh'; there are why"),
        (("--card", "why"), "--card why: expected LESSON:CARD such as why:1"),
        (("--card", "own.toml:1"), "own.toml: key 'cards[0].step': expected `int`, got `str`"),
        (("--card", "gone.toml:1"), "gone.toml: no such file or directory"),
        (("--card", "why:1", "--theme", "pink"), "no theme 'pink'"),
        (("--card", "why:1", "--panel", "loss"), "argument --panel: not allowed with argument --card"),
    ],
)
def test_a_card_that_cannot_be_drawn_costs_one_line(render, tmp_path, words, sentence):
    card = 'title = "T"\nabout = "A."\n[[cards]]\nheading = "H"\nexperiment = "xor"\nstep = "9"'
    (tmp_path / "own.toml").write_text(card)
    status, err = render(*words, "-o", "a.png")
    assert status == 2
    assert err.startswith(f"netviz: {sentence}")
    assert err.count("\n") == 1


def test_the_windows_drawing_is_small_and_names_typefaces_for_other_machines(render, tmp_path):
    assert render("--step", "172", "-o", "a.svg") == (0, "")
    data = (tmp_path / "a.svg").read_text(encoding="utf-8")
    assert len(data) < 1_500_000
    said = ["".join(text.itertext()) for text in drawn(tmp_path / "a.svg").iter(f"{SVG}text")]
    assert {"With ReLU", "Learned: all four answers right.", "Epoch 172"} <= {text.strip() for text in said}
    families = set(re.findall(r'<text [^>]*font-family="([^"]*)"', data))
    assert families == {"Inter netviz, Inter, Arial, Helvetica, sans-serif"}


def test_texts_of_a_drawing_keep_their_width_where_the_typeface_is_lacking(render, tmp_path):
    render("--step", "172", "-o", "a.svg")
    font = QFont("Inter netviz")
    font.setPixelSize(200)
    texts = list(drawn(tmp_path / "a.svg").iter(f"{SVG}text"))
    (teach,) = (text for text in texts if text.text == "Teach")
    wide = QFontMetricsF(font).horizontalAdvance("Teach") / 200 * float(teach.get("font-size"))
    assert float(teach.get("textLength")) == pytest.approx(wide, rel=0.01)
    assert all(text.get("textLength") for text in texts if (text.text or "").strip())


def test_a_tiles_picture_lies_on_its_tile(render, tmp_path):
    render("--panel", "network", "--size", "900x700", "-o", "a.svg")
    tree = drawn(tmp_path / "a.svg")
    placed = [group for group in tree.iter(f"{SVG}g") if group.find(f"{SVG}image") is not None]
    outlines = "".join(path.get("d") for path in tree.iter(f"{SVG}path"))
    for group in placed:
        left, top = group.get("transform")[7:-1].split(",")[4:]
        assert f"M{left}," in outlines  # an outline begins on its left side, below the corner
        assert f",{top} L" in outlines  # and then goes along its top
        assert float(group.find(f"{SVG}image").get("width")) > 50
    assert len(placed) == 5


def test_what_leaves_a_plane_is_cut_at_its_edge(render, tmp_path):
    render("--step", "172", "--panel", "fold", "--size", "900x700", "-o", "a.svg")
    tree = drawn(tmp_path / "a.svg")
    places = [clip.find(f"{SVG}path").get("transform") for clip in tree.iter(f"{SVG}clipPath")]
    assert places.count("matrix(1,0,0,1,14,64)") == 2  # a plane for each twin, where their view stands


@pytest.mark.parametrize("theme", ["light", "dark", "projector"])
@pytest.mark.parametrize("size", ["640x480", "1920x1080"])
def test_a_picture_has_the_size_it_was_asked_for(render, tmp_path, theme, size):
    assert render("--panel", "truth", "--theme", theme, "--size", size, "-o", "a.png") == (0, "")
    with Image.open(tmp_path / "a.png") as picture:
        assert "x".join(map(str, picture.size)) == size


def test_nothing_but_the_picture_comes_out_of_the_program():
    words = [
        sys.executable,
        "-m",
        "netviz",
        "render",
        "xor",
        "--panel",
        "loss",
        "--size",
        "320x240",
        "-o",
        "-",
    ]
    done = subprocess.run(words, capture_output=True, timeout=60, check=False)
    assert (done.returncode, done.stderr) == (0, b"")
    assert Image.open(io.BytesIO(done.stdout)).size == (320, 240)


@pytest.mark.parametrize("suffix", [".gif", ".apng", ".webp"])
def test_a_film_has_each_step_for_its_time(render, tmp_path, suffix):
    status, said = render(*FEW_STEPS, "-o", f"film{suffix}")
    assert (status, said) == (0, "")
    shown, lasted = [], 0.0
    with Image.open(tmp_path / f"film{suffix}") as film:
        for i in range(film.n_frames):
            film.seek(i)
            shown.append(film.convert("RGB"))
            lasted += film.info["duration"]
        assert film.size == (320, 240)
    assert len(shown) == 5  # steps 0, 2, 4, 6, 8
    assert lasted == pytest.approx(5000 / 12, abs=5)
    assert all(ImageChops.difference(a, b).getbbox() for a, b in pairwise(shown))


def test_the_last_frame_of_an_exact_film_is_the_picture_of_that_step(render, tmp_path):
    render(*FEW_STEPS, "-o", "film.apng")
    render("--panel", "loss", "--size", "320x240", "--step", "8", "-o", "still.png")
    with Image.open(tmp_path / "film.apng") as film, Image.open(tmp_path / "still.png") as still:
        film.seek(4)
        assert ImageChops.difference(film.convert("RGB"), still.convert("RGB")).getbbox() is None


def test_an_mp4_has_each_step_for_its_time(render, tmp_path):
    import imageio_ffmpeg

    size = ("--size", "321x241")  # a film of H.264 has even sides
    assert render(*FEW_STEPS[:-2], *size, "-o", "film.mp4") == (0, "")
    frames, seconds = imageio_ffmpeg.count_frames_and_secs(tmp_path / "film.mp4")
    assert (frames, seconds) == (5, pytest.approx(5 / 12, abs=0.01))
    words = [imageio_ffmpeg.get_ffmpeg_exe(), "-i", tmp_path / "film.mp4"]
    assert b"h264" in (about := subprocess.run(words, capture_output=True, check=False).stderr)
    assert b" 320x240" in about


def test_a_film_tells_programs_of_each_frame(render):
    assert render(*FEW_STEPS, "--json", "-o", "a.gif") == (0, "")
    assert [json.loads(line) for line in render.said] == [{"frame": i, "frames": 5} for i in range(1, 6)]


@pytest.mark.parametrize(("fps", "unit"), [(30, 0.01), (24, 0.01), (7, 0.001), (50, 0.01)])
def test_delays_are_whole_and_sum_to_the_films_length(fps, unit):
    delays = Film(range(173), fps).delays(unit)
    assert len(delays) == 173
    assert sum(delays) * unit == pytest.approx(
        173 / fps, abs=unit / 2
    )  # 30 a second: 3, 4, 3, 3, 4 ... of 10 ms
    assert max(delays) - min(delays) <= 1


REFUSED = (
    (("-o", "a.jpg"), "a.jpg: expected a .png, .svg, .gif, .apng, .webp or .mp4 file"),
    (("-o", "nowhere/a.png"), "nowhere: no such folder"),
    (("-o", "a.gif"), "a .gif film needs --steps A:B"),
    (("--steps", "0:3", "-o", "a.png"), "--steps makes a film: expected a .gif, .apng, .webp or .mp4 file"),
    (("--steps", "3:1", "-o", "a.gif"), 'argument --steps: expected FIRST:LAST such as 0:172, got "3:1"'),
    (("--steps", "3", "-o", "a.gif"), 'argument --steps: expected FIRST:LAST such as 0:172, got "3"'),
    (("--steps", "a:b", "-o", "a.gif"), 'argument --steps: expected a whole number, got "a"'),
    (("--steps", "0:3", "--step", "1", "-o", "a.gif"), "argument --step: not allowed with argument --steps"),
    (("--steps", "0:3", "--fps", "0", "-o", "a.gif"), 'argument --fps: expected a number above 0, got "0"'),
    (("--steps", "0:3", "--fps", "60", "-o", "a.gif"), "a .gif film shows at most 50 frames a second"),
    *(
        (
            ("--steps", "0:1", "--fps", fps, "-o", f"a{suffix}"),
            f"a {suffix} film shows at least 0.1 frames a second",
        )
        for suffix, fps in ((".gif", "0.001"), (".apng", "0.01"), (".webp", "1e-9"), (".mp4", "1e-9"))
    ),
    (
        ("--steps", "0:999", "--fps", "1", "-o", "a.gif"),
        "a .gif film lasts at most 655 seconds; see --fps and --every",
    ),
    (
        ("--steps", "0:9999", "-o", "a.webp"),
        "10,000 frames are too many for a film, 3,000 at most; take fewer with --every",
    ),
    (
        ("--steps", "0:999", "--size", "1920x1080", "-o", "a.gif"),
        "a .gif film of this size holds at most 289 frames; see --every, --size or .mp4",
    ),
    (("--panel", "none", "-o", "a.png"), "no panel 'none'; there are activation"),
    (("--theme", "none", "-o", "a.png"), "no theme 'none'; there are light, dark, projector"),
    (("--twin", "2", "-o", "a.png"), "no twin 2; there are 2, counted from 0"),
)


@pytest.mark.parametrize(("words", "sentence"), REFUSED, ids=[row[1] for row in REFUSED])
def test_a_wrong_request_costs_one_line_and_writes_nothing(render, tmp_path, words, sentence):
    status, said = render(*words)
    assert status == 2
    assert said.startswith(f"netviz: {sentence}")
    assert said.count("\n") == 1
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("suffix", [*films.KINDS])
def test_the_slowest_and_longest_films_of_a_still_picture_can_be_written(suffix):
    kind, still = films.KINDS[suffix], QImage(64, 64, QImage.Format.Format_RGB32)
    still.fill(0x336699)
    frames = int(min(70, kind.slowest * kind.longest))
    assert kind.write(Film(range(frames), kind.slowest), iter([still] * frames))


def test_of_an_error_of_another_program_one_line_is_told(render, monkeypatch):
    def broken(*_):
        raise OSError("Broken pipe\n\nFFMPEG COMMAND:\nffmpeg -y")

    monkeypatch.setitem(films.KINDS, ".mp4", films.KINDS[".mp4"]._replace(write=broken))
    assert render(*FEW_STEPS, "-o", "a.mp4") == (2, "netviz: Broken pipe\n")


@pytest.mark.parametrize(("suffix", "extra"), [(".gif", "export"), (".mp4", "video")])
def test_a_missing_library_is_named_by_its_extra(render, tmp_path, monkeypatch, suffix, extra):
    monkeypatch.setattr(films, "find_spec", lambda name: None)
    status, said = render(*FEW_STEPS, "-o", f"a{suffix}")
    assert (status, said) == (
        2, f"netviz: a {suffix} film needs the extra {extra}: pip install 'netviz[{extra}]'\n"
    )  # fmt: skip


def test_the_program_without_python_says_what_helps_there(render, monkeypatch):
    monkeypatch.setattr(films, "find_spec", lambda name: None if name == "imageio_ffmpeg" else name)
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    needs = "a .mp4 film needs netviz on Python (pip install 'netviz[video]')"
    told = f"netviz: {needs}; this program makes .gif, .apng, .webp\n"
    assert render(*FEW_STEPS, "-o", "film.mp4") == (2, told)


@pytest.mark.parametrize("asked", [signal.SIGINT, signal.SIGTERM])
@pytest.mark.parametrize("suffix", [*films.KINDS])
def test_a_film_that_is_cancelled_leaves_the_old_file_and_nothing_else(
    render, tmp_path, monkeypatch, suffix, asked
):
    old, image, before = tmp_path / f"a{suffix}", drawing.image, signal.getsignal(asked)
    old.write_bytes(b"old")

    def interrupted(widget):
        signal.raise_signal(asked)
        return image(widget)

    monkeypatch.setattr(drawing, "image", interrupted)
    assert render(*FEW_STEPS, "-o", old.name) == (1, "")
    assert len(render.said) == 0
    assert [(path.name, path.read_bytes()) for path in tmp_path.iterdir()] == [(old.name, b"old")]
    assert signal.getsignal(asked) == before


def test_a_link_is_drawn_as_it_was_seen(render, tmp_path):
    from dataclasses import replace

    from netviz.session import links
    from netviz.session.document import document_of
    from netviz.session.presets import PRESETS
    from netviz.session.state import opening

    seen = replace(opening(PRESETS["xor"].experiment), view="without")
    assert cli.main(["render", links.link(document_of(seen)), "-o", "a.svg"]) == 0
    said = {"".join(text.itertext()).strip() for text in drawn(tmp_path / "a.svg").iter(f"{SVG}text")}
    assert "Without (identity)" in said
    assert "With ReLU" not in said


@pytest.mark.parametrize("suffix", ["png", "svg"])
@pytest.mark.parametrize("error", [ZeroDivisionError, ValueError])
def test_a_mistake_in_painting_costs_one_sentence_and_writes_no_file(
    render, tmp_path, monkeypatch, error, suffix
):
    def wrong(*_):
        raise error("by zero")

    monkeypatch.setattr(RegionsPanel, "draw", wrong)
    status, said = render("--panel", "regions", "--size", "800x600", "-o", f"a.{suffix}")
    sentence = f"netviz: something went wrong inside netviz ({error.__name__}: by zero)\n"
    assert (status, said.count("\n")) == (1, 1)
    assert said.endswith(sentence)  # before it stands what PySide writes
    assert not list(tmp_path.iterdir())
