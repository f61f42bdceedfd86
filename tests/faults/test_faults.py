"""The trials of `make faults` in small sizes, and that they leave no command out."""

import shutil
import sys

import pytest

import faults
from faults_commands import CHANGING, READING
from lawcheck.cli.commands import COMMANDS

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="the trials fork, and fail calls of Linux")


def test_every_command_is_tried_or_known_to_write_nothing() -> None:
    assert set(CHANGING) & set(READING) == set()
    assert set(CHANGING) | set(READING) == set(COMMANDS)


@pytest.mark.parametrize("trial", faults.TRIALS)
def test_nothing_is_lost_and_nothing_is_half_done(trial: str) -> None:
    found = faults.run([trial], 20261128, faults.QUICK)
    assert [(figure.what, list(figure.wrong)) for figure in found if figure.holds is False] == []
    if shutil.which("cc") is not None:
        assert [figure.what for figure in found if figure.holds is None] in (
            [],
            ["a real disk that is full, or nearly"],
        )
