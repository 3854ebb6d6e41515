"""The front matter of an exercise file: from text to checked values, and every fault with its line."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any, ClassVar

import yaml

from planner.library import exercise as ex
from planner.library.limits import (
    MAX_FRONT,
    MAX_FRONT_DEPTH,
    MAX_ITEM,
    MAX_ITEMS,
    MAX_SLUG,
    MAX_SUMMARY,
    MAX_TITLE,
)
from planner.taxonomy import TAXONOMY


@dataclass(frozen=True, order=True)
class Fault:
    """What is wrong with a file, and where. `line` counts from 1; 0 is for the file as a whole."""

    file: str
    line: int
    message: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.message}" if self.line else f"{self.file}: {self.message}"


class Faulty(Exception):
    """A file that cannot be used. `faults` holds everything that was found."""

    def __init__(self, faults: list[Fault]) -> None:
        super().__init__("\n".join(str(fault) for fault in faults))
        self.faults = faults


_FIELDS = (
    "title",
    "summary",
    "areas",
    "fears",
    "parts",
    "mode",
    "intensity",
    "minutes",
    "for",
    "materials",
    "cautions",
    "builds_on",
    "mechanism",
    "source",
)
# What a counsellor's own exercise may leave out.
_NOT_NEEDED = {"materials", "cautions", "builds_on", "mechanism", "source"}
SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


class _NotPlain(Exception):
    """YAML that could be slow to read, or mean more than it says."""

    def __init__(self, line: int, message: str) -> None:
        super().__init__(message)
        self.line = line


class _PlainLoader(yaml.SafeLoader):
    """Reads YAML without references and tags, and not deeper than MAX_FRONT_DEPTH. Raises _NotPlain."""

    depth = 0

    def compose_node(self, parent: yaml.Node | None, index: int) -> yaml.Node | None:
        event = self.peek_event()  # type: ignore[no-untyped-call]
        line = event.start_mark.line + 2
        if getattr(event, "anchor", None) or getattr(event, "tag", None):
            raise _NotPlain(
                line, "The front matter cannot use “&”, “*” or “!”. Put such a text in quotation marks."
            )
        self.depth += 1
        if self.depth > MAX_FRONT_DEPTH and isinstance(event, yaml.CollectionStartEvent):
            raise _NotPlain(line, f"The front matter nests lists more than {MAX_FRONT_DEPTH} deep.")
        node = super().compose_node(parent, index)
        self.depth -= 1
        return node


def is_slug(text: str) -> bool:
    """True when a file of the library may be called so."""
    return len(text) <= MAX_SLUG and SLUG.fullmatch(text) is not None


class FrontMatter:
    """Collects faults while it reads, so that one run names them all.

    With `complete` every field is asked for, as in an exercise that ships. `fields` are those it knows, and
    `not_needed` those that may be left out otherwise.
    """

    fields: ClassVar[Collection[str]] = _FIELDS
    not_needed: ClassVar[Collection[str]] = _NOT_NEEDED

    def __init__(self, file: str, *, complete: bool) -> None:
        self.file = file
        self.complete = complete
        self.faults: list[Fault] = []

    def fault(self, line: int, message: str) -> None:
        self.faults.append(Fault(self.file, line, message))

    def front(self, text: str) -> tuple[dict[str, Any], dict[str, int]]:
        """The front matter as plain data, and the line of each field."""
        if len(text) > MAX_FRONT:
            self.fault(2, f"The front matter is too long: {MAX_FRONT} characters are the most.")
            return {}, {}
        try:
            loader = _PlainLoader(text)
            node = loader.get_single_node()
            data = loader.construct_document(node) if node else None
        except _NotPlain as error:
            self.fault(error.line, str(error))
            return {}, {}
        except yaml.YAMLError as error:
            mark = getattr(error, "problem_mark", None)
            self.fault((mark.line if mark else 0) + 2, "The front matter is not valid YAML.")
            return {}, {}
        except (ValueError, TypeError, AttributeError):
            # The reader of YAML lets these out: a day that no month has, a number too long to be one.
            self.fault(2, "The front matter is not valid YAML.")
            return {}, {}
        if not isinstance(data, dict) or not isinstance(node, yaml.MappingNode):
            self.fault(2, "The front matter must be a list of “name: value” lines.")
            return {}, {}
        lines: dict[str, int] = {}
        for key, _value in node.value:
            name, line = str(key.value), key.start_mark.line + 2
            if lines.setdefault(name, line) != line:
                self.fault(line, f"“{name}” stands twice.")
        for name in self.fields:
            if name not in data and (self.complete or name not in self.not_needed):
                self.fault(1, f"“{name}” is missing.")
        for name in data:
            if name not in self.fields:
                self.fault(lines.get(str(name), 1), f"“{name}” is not a field we know.")
        return data, lines

    def string(self, data: dict[str, Any], lines: dict[str, int], name: str) -> str:
        value = data.get(name, "")
        if not isinstance(value, str) or (name in data and not value.strip()):
            self.fault(lines.get(name, 1), f"“{name}” must be a text.")
            return ""
        return value.strip()

    def strings(self, data: dict[str, Any], lines: dict[str, int], name: str) -> tuple[str, ...]:
        value = data.get(name, [])
        if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
            self.fault(lines.get(name, 1), f"“{name}” must be a list of texts, [a, b].")
            return ()
        if len(set(value)) != len(value):
            self.fault(lines.get(name, 1), f"“{name}” names something twice.")
        if len(value) > MAX_ITEMS or any(len(item) > MAX_ITEM for item in value):
            self.fault(
                lines.get(name, 1), f"“{name}” takes up to {MAX_ITEMS} texts of {MAX_ITEM} characters each."
            )
        return tuple(value)

    def heading(self, data: dict[str, Any], lines: dict[str, int], name: str) -> str:
        """The title or the summary: one line, and not longer than pages and plans take."""
        text, most = self.string(data, lines, name), {"title": MAX_TITLE, "summary": MAX_SUMMARY}[name]
        if len(text) > most or "\n" in text:
            self.fault(lines.get(name, 1), f"“{name}” is one line of at most {most} characters.")
        return text

    def mechanism(self, data: dict[str, Any], lines: dict[str, int]) -> str:
        text = self.string(data, lines, "mechanism")
        if text and not re.fullmatch(r"[^.!?]+(?:[.](?=\S)[^.!?]+)*[.]", text):
            self.fault(lines.get("mechanism", 1), "“mechanism” is one sentence with a full stop.")
        return text

    def builds_on(self, data: dict[str, Any], lines: dict[str, int], slug: str) -> tuple[str, ...]:
        slugs = self.strings(data, lines, "builds_on")
        for each in slugs:
            if not is_slug(each) or each == slug:
                self.fault(lines.get("builds_on", 1), f"“{each}” is not the name of another exercise’s file.")
        return slugs

    def known(self, line: int, name: str, keys: tuple[str, ...], allowed: dict[str, Any]) -> None:
        for key in keys:
            if key not in allowed:
                self.fault(line, f"“{key}” is not one of our {name}: {', '.join(allowed)}.")

    def minutes(self, data: dict[str, Any], lines: dict[str, int]) -> ex.Minutes:
        """The length; no minutes at all where it cannot be read, so that no step is measured by them."""
        value, line = data.get("minutes"), lines.get("minutes", 1)
        if "minutes" not in data:
            return ex.Minutes(0, 0)
        if not isinstance(value, dict) or set(value) != {"short", "full"}:
            self.fault(line, "“minutes” must name both: {short: 10, full: 20}.")
            return ex.Minutes(0, 0)
        short, full = value["short"], value["full"]
        if type(short) is not int or type(full) is not int or not 1 <= short <= full <= 120:
            self.fault(line, "Minutes must be whole, from 1 to 120, and short no longer than full.")
            return ex.Minutes(0, 0)
        return ex.Minutes(short, full)

    def source(self, data: dict[str, Any], lines: dict[str, int]) -> ex.Source:
        value, line = data.get("source"), lines.get("source", 1)
        if "source" not in data:
            return ex.Source("", "", "ours", "")
        names = ("technique", "citation", "evidence", "note")
        if not isinstance(value, dict) or set(value) != set(names):
            self.fault(line, f"“source” must have exactly: {', '.join(names)}.")
            return ex.Source("", "", "ours", "")
        if not all(isinstance(value[name], str | None) for name in names):
            self.fault(line, "Everything in “source” must be a text. Put figures in quotation marks.")
            return ex.Source("", "", "ours", "")
        texts = {name: (value[name] or "").strip() for name in names}
        self.known(line, "kinds of evidence", (texts["evidence"],), TAXONOMY.evidence)
        if self.complete and not (texts["technique"] and texts["note"]):
            self.fault(line, "“source” needs a technique and a note on sample or adaptation.")
        if texts["evidence"] in ("trial", "correlational") and not texts["citation"]:
            self.fault(line, "Evidence from a study needs its citation.")
        if texts["citation"] and not re.search(r"\((19|20)\d\d[a-z]?\)", texts["citation"]):
            self.fault(line, "A citation needs authors, the year in brackets, and where it appeared.")
        return ex.Source(**texts)
