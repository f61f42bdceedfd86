"""Lock what lawcheck runs on and is built with, with hashes and without naming any index."""

import subprocess
import sys
import tomllib
from pathlib import Path
from tempfile import TemporaryDirectory

ROOT = Path(__file__).resolve().parent.parent


def lock(target: str, requirements: list[str]) -> None:
    """Write one lock file for a list of requirements."""
    with TemporaryDirectory() as folder:
        source = Path(folder) / "requirements.in"
        source.write_text("\n".join(requirements) + "\n", encoding="utf-8")
        command = [sys.executable, "-m", "piptools", "compile", "--quiet", "--generate-hashes", "--strip-extras"]
        output = Path(folder) / "out.txt"
        command += ["--allow-unsafe", "--no-header", "--no-annotate", "--output-file", str(output), str(source)]
        subprocess.run(command, check=True, cwd=folder)
        lines = output.read_text(encoding="utf-8").splitlines(keepends=True)
        # Options, and the empty lines after them, say where things came from.
        locked = "".join(line for line in lines if line.strip() and not line.startswith("-"))
    head = "# Locked by `make lock` from pyproject.toml; every file is held to its hash.\n"
    (ROOT / target).write_text(head + locked, encoding="utf-8")


def main() -> None:
    """Write both lock files."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    run = project["project"]["dependencies"]
    lock("requirements-run.lock", run)
    lock("requirements.lock", [*run, *project["dependency-groups"]["dev"], "pip-tools>=7.4"])


if __name__ == "__main__":
    main()
