"""Where the library lies: beside the sources in a checkout, inside the package in an installed wheel."""

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent.parent


def checklists() -> Path:
    """Return the folder of templates, laws and the demonstration year."""
    installed = _PACKAGE / "checklists"
    return installed if installed.is_dir() else _PACKAGE.parent.parent / "checklists"


def template_files() -> list[Path]:
    """Return the files of the templates that come with lawcheck, by name."""
    return sorted(path for path in checklists().glob("[A-Z][A-Z].yaml"))


def holiday_files() -> list[Path]:
    """Return the files of the years whose holidays come with lawcheck, by year."""
    return sorted(checklists().glob("holidays/[0-9][0-9][0-9][0-9].yaml"))


def case_files() -> list[Path]:
    """Return the files of the case templates that come with lawcheck, by name."""
    return sorted((checklists() / "cases").glob("[A-Z][A-Z].yaml"))


def clocks_file() -> Path:
    """Return the file of the terms that case templates name."""
    return checklists() / "clocks.yaml"
