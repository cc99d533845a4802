"""Where things are found, on every platform."""

import os
import stat
from pathlib import Path

import pytest

from netviz.paths import Home, home, resources


def test_netviz_home_keeps_everything_in_one_folder(tmp_path):
    assert home({"NETVIZ_HOME": str(tmp_path)}) == Home(
        tmp_path / "settings", tmp_path / "autosave", tmp_path / "logs"
    )


@pytest.mark.parametrize(
    ("platform", "expected"),
    [
        ("linux", (".config/netviz", ".local/share/netviz/autosave", ".local/state/netviz/logs")),
        ("freebsd14", (".config/netviz", ".local/share/netviz/autosave", ".local/state/netviz/logs")),
        (
            "darwin",
            (
                "Library/Preferences/netviz",
                "Library/Application Support/netviz/autosave",
                "Library/Logs/netviz",
            ),
        ),
        (
            "win32",
            ("AppData/Roaming/netviz", "AppData/Roaming/netviz/autosave", "AppData/Local/netviz/logs"),
        ),
    ],
)
def test_each_platform_has_its_own_folders(platform, expected):
    assert home({}, platform) == Home(*(Path.home() / part for part in expected))


def test_an_absolute_folder_from_the_environment_is_used(tmp_path):
    assert home({"XDG_DATA_HOME": str(tmp_path)}, "linux").autosave == tmp_path / "netviz/autosave"


def test_a_relative_folder_from_the_environment_is_ignored():
    assert home({"XDG_CONFIG_HOME": "here"}, "linux").settings == Path.home() / ".config/netviz"


@pytest.fixture
def homeless(monkeypatch, tmp_path):
    """A user of whom the system knows no home; gives the folder of temporary files."""

    def unknown():
        raise RuntimeError("Could not determine home directory.")

    monkeypatch.setattr(Path, "home", unknown)
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    return tmp_path


def test_without_a_home_a_temporary_folder_of_this_user_stands_in_at_each_start(homeless):
    own = homeless / f"netviz-{os.getuid()}"
    assert [home({}, "linux").settings, home({}, "linux").settings] == [own / ".config/netviz"] * 2
    assert stat.S_IMODE(own.stat().st_mode) == 0o700


def test_a_folder_that_somebody_else_has_put_there_is_not_trusted(homeless, monkeypatch):
    there = homeless / "netviz-54321"
    there.mkdir()
    monkeypatch.setattr(os, "getuid", lambda: 54321)
    settings = home({}, "linux").settings
    assert settings.is_relative_to(homeless)
    assert not settings.is_relative_to(there)


def test_an_installed_netviz_finds_its_own_resources_first(tmp_path):
    for name in ("netviz/_resources", "resources"):
        (tmp_path / name).mkdir(parents=True)
    assert resources(tmp_path / "netviz") == tmp_path / "netviz/_resources"


def test_a_checkout_finds_its_resources_beside_the_package():
    assert (resources() / "fonts" / "Inter-Regular.ttf").is_file()


def test_missing_resources_are_one_sentence(tmp_path):
    with pytest.raises(FileNotFoundError, match=r"not whole: found neither .*_resources nor .*resources"):
        resources(tmp_path / "netviz")
