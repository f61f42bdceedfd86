"""YAML read to plain values with the line and column of each.

Of YAML 1.2 what a form needs: mappings, lists and scalars. Tags, anchors and duplicate keys are refused, and so is
a file over the size limit, before it is read. Plain scalars are text but for `true`, `false`, `null` and integers.
"""

import errno
import re
from dataclasses import dataclass, field
from pathlib import Path

import yaml

from lawcheck.errors import NoSuchFile

MAX_BYTES = 2_000_000
MAX_DEPTH = 20
AT_KEY = ("unknown-key", "unknown-duty-held")
"""Faults of a key and not of its value."""
Place = tuple[int, int]
Path_ = tuple[str | int, ...]
_INTEGER = re.compile(r"[-+]?(?:0|[1-9][0-9]{0,17})")
_CONSTANTS: dict[str, object] = {"true": True, "false": False, "null": None, "~": None, "": None}
_FORBIDDEN = re.compile("[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What YAML 1.2 does not let stand in a file."""
_Loader: type = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@dataclass(frozen=True, slots=True)
class Fault:
    """Something wrong in a file: `what` and `expected` are codes with parameters, worded by `render`.

    `cell` names the place in a workbook, `B7`, and stands for line and column there.
    """

    path: str
    line: int
    column: int
    what: str
    expected: str
    parameters: dict[str, object] = field(default_factory=dict)
    cell: str = ""


@dataclass(slots=True)
class Source:
    """A file as read: its value, where each part of it stands, and the faults met so far.

    `mended` are the parts that were faulty and stand for something harmless while the rest is checked.
    """

    path: str
    value: object = None
    places: dict[Path_, Place] = field(default_factory=dict)
    keys: dict[Path_, Place] = field(default_factory=dict)
    mended: set[Path_] = field(default_factory=set)
    faults: list[Fault] = field(default_factory=list)

    def place(self, path: Path_) -> Place:
        """Return line and column of a part, or of the nearest thing around it."""
        while path and path not in self.places:
            path = path[:-1]
        return self.places.get(path, (1, 1))

    def fault(self, path: Path_, what: str, expected: str, **parameters: object) -> None:
        """Note a fault at the place of a part, at its key where the key itself is wrong; once where it was mended."""
        if any(path[: len(part)] == part for part in self.mended):
            return
        line, column = self.keys.get(path, self.place(path)) if what in AT_KEY else self.place(path)
        self.faults.append(Fault(self.path, line, column, what, expected, parameters))


def read_source(path: Path, shown: str | None = None) -> Source:
    """Read a YAML file; what is wrong with it stands in the result's faults.

    Raises:
        NoSuchFile: the file cannot be read at all.

    """
    source = Source(shown or str(path))
    data, size = file_bytes(path, MAX_BYTES)
    if data is None:
        source.fault((), "too-large", "size", bytes=size, limit=MAX_BYTES)
        return source
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        source.faults.append(Fault(source.path, line, 1, "not-utf8", "utf8"))
        return source
    _compose(text, source)
    return source


def source_of_text(text: str, shown: str) -> Source:
    """Return YAML that was read before and kept as text; what is wrong with it stands in the result's faults."""
    source = Source(shown)
    _compose(text, source)
    return source


def file_bytes(path: Path, most: int) -> tuple[bytes | None, int]:
    """Return what a file holds, None where that is more than so many bytes, and its size.

    Raises:
        NoSuchFile: the file cannot be read at all.

    """
    try:
        if not path.is_file() and path.exists():
            raise NoSuchFile(path=str(path), reason="not-a-file")
        size = path.stat().st_size
        return (path.read_bytes() if size <= most else None), size
    except (OSError, ValueError) as error:
        reason = {errno.ENOENT: "no-file", errno.EACCES: "no-right"}.get(getattr(error, "errno", 0) or 0, str(error))
        raise NoSuchFile(path=str(path), reason=reason) from error


def _compose(text: str, source: Source) -> None:
    try:
        events = yaml.parse(text, Loader=_Loader)
        _refuse_anchors(events, source)
        if not source.faults:
            node = yaml.compose(text, Loader=_Loader)
            source.value = _value(node, (), source, 0) if node is not None else None
            if source.value is None:
                source.fault((), "empty-file", "content")
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
        problem = str(error.problem or error)
        source.faults.append(Fault(source.path, line, column, "yaml", "yaml", {"problem": problem}))
    except yaml.reader.ReaderError:
        # Its position counts bytes or characters, as the parser has it; the character is looked for again.
        match = _FORBIDDEN.search(text)
        start = match.start() if match else 0
        line, column = text.count("\n", 0, start) + 1, start - (text.rfind("\n", 0, start) + 1) + 1
        problem = f"#x{ord(text[start]):04x}" if text else "#x0000"
        source.faults.append(Fault(source.path, line, column, "yaml", "yaml", {"problem": problem}))
    except RecursionError:
        source.fault((), "too-deep", "depth", limit=MAX_DEPTH)


def _refuse_anchors(events: object, source: Source) -> None:
    """Walk the flat stream of events, which no alias can blow up, before anything is built from it."""
    depth = 0
    documents = 0
    for event in events:  # type: ignore[attr-defined]  # yaml.parse yields events
        line, column = event.start_mark.line + 1, event.start_mark.column + 1
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
            source.faults.append(Fault(source.path, line, column, "anchor", "no-anchor"))
        if isinstance(event, yaml.DocumentStartEvent):
            documents += 1
            if documents > 1:
                source.faults.append(Fault(source.path, line, column, "second-document", "one-document"))
        tag = getattr(event, "tag", None)
        if tag not in (None, "!"):
            source.faults.append(Fault(source.path, line, column, "tag", "no-tag", {"tag": str(tag)}))
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1
        if depth > MAX_DEPTH:
            source.faults.append(Fault(source.path, line, column, "too-deep", "depth", {"limit": MAX_DEPTH}))
            return


def _value(node: yaml.Node, path: Path_, source: Source, depth: int) -> object:
    source.places[path] = (node.start_mark.line + 1, node.start_mark.column + 1)
    if isinstance(node, yaml.ScalarNode):
        return _scalar(node)
    if isinstance(node, yaml.SequenceNode):
        return [_value(one, (*path, index), source, depth + 1) for index, one in enumerate(node.value)]
    made: dict[str, object] = {}
    for key_node, value_node in node.value:
        here = (key_node.start_mark.line + 1, key_node.start_mark.column + 1)
        if not isinstance(key_node, yaml.ScalarNode):
            source.faults.append(Fault(source.path, *here, "key-not-text", "key-text"))
            continue
        key = str(key_node.value)
        if key in made:
            source.faults.append(Fault(source.path, *here, "duplicate-key", "one-key", {"key": key}))
            continue
        source.keys[(*path, key)] = here
        made[key] = _value(value_node, (*path, key), source, depth + 1)
    return made


def _scalar(node: yaml.ScalarNode) -> object:
    text: str = node.value
    if node.style:  # quoted, folded or literal: text as it stands
        return text
    if text.lower() in _CONSTANTS:
        return _CONSTANTS[text.lower()]
    return int(text) if _INTEGER.fullmatch(text) else text
