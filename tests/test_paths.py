"""Where things are found, on every platform."""

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


def test_an_installed_netviz_finds_its_own_resources_first(tmp_path):
    for name in ("netviz/_resources", "resources"):
        (tmp_path / name).mkdir(parents=True)
    assert resources(tmp_path / "netviz") == tmp_path / "netviz/_resources"


def test_a_checkout_finds_its_resources_beside_the_package():
    assert (resources() / "fonts" / "Inter-Regular.ttf").is_file()


def test_missing_resources_are_one_sentence(tmp_path):
    with pytest.raises(FileNotFoundError, match=r"not whole: found neither .*_resources nor .*resources"):
        resources(tmp_path / "netviz")
