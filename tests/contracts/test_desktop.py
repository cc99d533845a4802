"""A double click opens a file: what Linux desktops are told agrees with what netviz writes and starts."""

import json
import plistlib
import shlex
import subprocess
import sys
import tomllib
import xml.etree.ElementTree as ElementTree
from configparser import RawConfigParser
from fnmatch import fnmatch
from pathlib import Path

import pytest
from PIL import Image

from netviz.session import links
from netviz.session.document import Document
from netviz.session.files import encode
from netviz.session.presets import PRESETS

ROOT = Path(__file__).parents[2]
LINUX = ROOT / "packaging" / "linux"
INSTALL = LINUX / "install.sh"
NAMES = {"": "http://www.freedesktop.org/standards/shared-mime-info"}
FRESH = encode(Document(PRESETS["xor"].experiment))


def mime():
    return ElementTree.parse(LINUX / "netviz.xml").getroot().find("mime-type", NAMES)


def entry(file=LINUX / "netviz.desktop"):
    """The menu entry's keys and values."""
    parser = RawConfigParser(delimiters="=", comment_prefixes="#")
    parser.optionxform = str
    parser.read(file, encoding="utf-8")
    return dict(parser["Desktop Entry"])


def matches(data, rule):
    """Whether bytes match a rule of magic as its standard defines it: at some offset, and one rule inside."""
    first, _, last = rule.get("offset").partition(":")
    value, inner = rule.get("value").encode(), rule.findall("match", NAMES)
    found = any(data.startswith(value, at) for at in range(int(first), int(last or first) + 1))
    return found and (not inner or any(matches(data, one) for one in inner))


@pytest.mark.parametrize(
    "data", [FRESH, json.dumps(json.loads(FRESH)).encode()], ids=["as saved", "one line"]
)
def test_a_file_is_known_by_how_it_begins(data):
    assert any(matches(data, rule) for rule in mime().findall("magic/match", NAMES))


@pytest.mark.parametrize("data", [b'{"format": "other"}', b'{"name": "netviz"}', b"netviz", b"{}"])
def test_what_is_no_netviz_file_is_not_taken_for_one(data):
    assert not any(matches(data, rule) for rule in mime().findall("magic/match", NAMES))


def test_a_file_is_known_by_its_name():
    assert [fnmatch("mine.netviz", rule.get("pattern")) for rule in mime().findall("glob", NAMES)] == [True]


def test_the_menu_entry_opens_files_of_that_type_and_links():
    told = entry()
    types = told["MimeType"].rstrip(";").split(";")
    assert types == [mime().get("type"), f"x-scheme-handler/{links.PREFIX.partition(':')[0]}"]
    assert told["Exec"] == "netviz open %u"
    scripts = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["scripts"]
    assert "netviz" in scripts
    assert (ROOT / "resources" / "icons" / f"{told['Icon']}.svg").is_file()


def test_software_centres_are_told_of_the_same_program():
    told = ElementTree.parse(LINUX / "netviz.metainfo.xml").getroot()
    found = [told.findtext(path) for path in ("launchable", "provides/mediatype", "name", "summary")]
    assert found == ["netviz.desktop", mime().get("type"), entry()["Name"], entry()["Comment"]]


def test_windows_and_macos_are_told_the_same():
    script = (ROOT / "packaging" / "windows" / "netviz.iss").read_text(encoding="utf-8")
    assert script.count('\\netvizw.exe"" open ""%1""') == 2  # files and links
    told = plistlib.loads((ROOT / "packaging" / "macos" / "Info.plist").read_bytes())
    (kind,) = told["UTExportedTypeDeclarations"]
    tags = kind["UTTypeTagSpecification"]
    assert f'ValueData: "{tags["public.mime-type"]}"' in script
    assert tags == {"public.filename-extension": ["netviz"], "public.mime-type": mime().get("type")}
    assert told["CFBundleDocumentTypes"][0]["LSItemContentTypes"] == [kind["UTTypeIdentifier"]]


@pytest.mark.parametrize("name", ["a.ico", "a.icns", "a.png"])
def test_the_icon_is_drawn_for_other_systems(tmp_path, name):
    command = [sys.executable, str(ROOT / "packaging" / "icon.py"), str(tmp_path / name)]
    subprocess.run(command, check=True, timeout=60)
    with Image.open(tmp_path / name) as picture:
        shown = picture.convert("RGB")
        assert picture.size == (256, 256)
        assert [shown.getpixel(at) for at in ((128, 128), (128, 30))] == [(255, 255, 255), (5, 85, 79)]


def install(place, program):
    words = ["sh", str(INSTALL), "--prefix", str(place / "data"), str(program)]
    return subprocess.run(words, capture_output=True, text=True, timeout=60, check=False)


def test_an_installed_entry_starts_the_program_with_the_file(tmp_path):
    program = tmp_path / "a folder" / "netviz"
    program.parent.mkdir()
    program.write_text('#!/bin/sh\nprintf "%s|" "$@"\n', encoding="utf-8")
    program.chmod(0o755)
    assert install(tmp_path, program).returncode == 0
    share = tmp_path / "data" / "share"
    started = shlex.split(entry(share / "applications" / "netviz.desktop")["Exec"])
    url = (tmp_path / "mine.netviz").as_uri()
    command = [url if word == "%u" else word for word in started]
    told = subprocess.run(command, capture_output=True, text=True, timeout=60, check=True).stdout
    assert told == f"open|{url}|"
    for file in ("mime/packages/netviz.xml", "icons/hicolor/scalable/apps/netviz.svg"):
        assert (share / file).is_file()


@pytest.mark.parametrize("name", ["no$where/netviz", "gone/netviz"])
def test_a_program_that_no_entry_could_start_is_refused_in_one_line(name, tmp_path):
    program = tmp_path / name
    program.parent.mkdir()
    if "$" in name:
        program.touch(mode=0o755)
    ended = install(tmp_path, program)
    assert (ended.returncode, ended.stderr.count("\n")) == (1, 1)
    assert not (tmp_path / "data").exists()
