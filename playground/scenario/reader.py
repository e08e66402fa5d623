"""Is this file safe to read, and what is its tree?

A file may come from anywhere. Size, encoding, depth, aliases, tags and the number of values are
tested on the stream of parsing events, before anything is built, and without recursion: a bomb of
references or of brackets is refused after its first few bytes.
"""

from collections.abc import Iterator

import yaml

from playground.scenario.problem import Path, Place, ProblemList, quoted
from playground.scenario.tree import Entry, Listing, Mapping, Node, Scalar

MAX_BYTES = 1_000_000
MAX_DEPTH = 20
MAX_VALUES = 50_000

_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

_QUOTES = ("'", '"', "|", ">")

_REMEDIES = (
    ("mapping values are not allowed", "Put a text with a colon in quotes."),
    (
        "cannot start any token",
        "Indent with spaces, not tabs, and put special characters in quotes.",
    ),
    ("expected <block end>", "Align this line with its neighbours."),
    ("could not find expected ':'", "Put a colon and a space after the key."),
    ("',' or", "Close the bracket, or put a comma."),
    ("unexpected end of stream", "Close the bracket or the quote."),
    ("unknown escape", "In double quotes write \\\\ for a backslash."),
)


def read_tree(source: str | bytes, problems: ProblemList) -> Mapping:
    """The tree of a file; raises ScenarioError at the first thing that makes reading on unsafe."""
    text = _decoded(source, problems)
    try:
        root = _Builder(problems).build(yaml.parse(text, Loader=_LOADER))
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        place = Place(mark.line + 1, mark.column + 1) if mark else Place(1, 1)
        problem = error.problem or error.context or "it cannot be parsed"
        remedy = next((hint for words, hint in _REMEDIES if words in problem), "")
        problems.refuse(place, (), f"This is not YAML: {problem}. {remedy or 'Correct this line.'}")
    except yaml.reader.ReaderError:
        # The two parsers count differently, in bytes and in characters: look for it once more.
        found = yaml.reader.Reader.NON_PRINTABLE.search(text)
        problems.refuse(
            _place_of(text, found.start() if found else 0),
            (),
            "There is a control character here. Remove it, or write it as an escape in quotes.",
        )
    except (yaml.YAMLError, RecursionError, MemoryError, ValueError) as error:
        problems.refuse(
            Place(1, 1), (), f"This file cannot be parsed ({type(error).__name__}). Simplify it."
        )
    if not isinstance(root, Mapping):
        problems.refuse(
            root.place if root is not None else Place(1, 1),
            (),
            "A scenario is a mapping of keys to values. Begin the file with: format: 1",
        )
    return root


def _decoded(source: str | bytes, problems: ProblemList) -> str:
    start = Place(1, 1)
    size = len(source)
    if size <= MAX_BYTES and isinstance(source, str):
        size = len(source.encode("utf-8", "surrogatepass"))
    if size > MAX_BYTES:
        problems.refuse(start, (), "The file is larger than 1 MB. Shorten it.")
    if isinstance(source, str):
        text = source
    else:
        if source.startswith((b"\xff\xfe", b"\xfe\xff")):
            problems.refuse(start, (), "The file is UTF-16. Save it as UTF-8.")
        if b"\0" in source:
            problems.refuse(start, (), "The file is binary. A scenario is a YAML text in UTF-8.")
        try:
            text = source.decode("utf-8")
        except UnicodeDecodeError as error:
            before = source[: error.start].decode("utf-8", "replace")
            problems.refuse(
                _place_of(before, len(before)), (), "The file is not UTF-8. Save it as UTF-8."
            )
    if "\0" in text:
        problems.refuse(start, (), "The file is binary. A scenario is a YAML text in UTF-8.")
    if not text.isascii():
        for index, character in enumerate(text):
            if "\ud800" <= character <= "\udfff":
                problems.refuse(
                    _place_of(text, index), (), "Half a surrogate pair. Remove this character."
                )
    return text.removeprefix("\ufeff")


def _place_of(text: str, index: int) -> Place:
    before = text[:index]
    return Place(before.count("\n") + 1, index - (before.rfind("\n") + 1) + 1)


class _Builder:
    """Turns events into a tree; the open collections are a list, never the interpreter's stack."""

    def __init__(self, problems: ProblemList) -> None:
        self._problems = problems
        self._open: list[Mapping | Listing] = []
        self._keys: list[tuple[str, Place] | None] = []
        self._root: Node | None = None
        self._documents = 0
        self._values = 0

    def build(self, events: Iterator[yaml.Event]) -> Node | None:
        for event in events:
            match event:
                case yaml.ScalarEvent():
                    self._guard(event)
                    self._scalar(event)
                case yaml.MappingStartEvent():
                    self._guard(event)
                    self._begin(event, Mapping)
                case yaml.SequenceStartEvent():
                    self._guard(event)
                    self._begin(event, Listing)
                case yaml.MappingEndEvent() | yaml.SequenceEndEvent():
                    self._open.pop()
                    self._keys.pop()
                case yaml.AliasEvent():
                    self._refuse(
                        event, "Aliases are not allowed. Write the value out, or put it in quotes."
                    )
                case yaml.DocumentStartEvent():
                    self._documents += 1
                    if self._documents > 1:
                        self._refuse(
                            event, "A second document begins here. One file, one scenario."
                        )
        return self._root

    def _guard(
        self, event: yaml.ScalarEvent | yaml.MappingStartEvent | yaml.SequenceStartEvent
    ) -> None:
        self._values += 1
        if self._values > MAX_VALUES:
            self._refuse(event, f"There are more than {MAX_VALUES} values. Shorten the file.")
        if event.anchor is not None:
            self._refuse(
                event, "Anchors are not allowed. Write the value out, or put it in quotes."
            )
        if event.tag is not None:
            tag = str(event.tag).replace("tag:yaml.org,2002:", "!!")
            self._refuse(
                event, f"Tags like {quoted(tag)} are not allowed. Remove it, or quote the text."
            )

    def _scalar(self, event: yaml.ScalarEvent) -> None:
        place = _start(event)
        if self._open and isinstance(self._open[-1], Mapping) and self._keys[-1] is None:
            self._keys[-1] = (str(event.value), place)
            return
        path, _ = self._next(place)
        self._attach(Scalar(path, place, str(event.value), event.style not in _QUOTES))

    def _begin(self, event: yaml.Event, collection: type[Mapping] | type[Listing]) -> None:
        if len(self._open) >= MAX_DEPTH:
            self._refuse(event, f"This is nested deeper than {MAX_DEPTH} levels. Flatten it.")
        if self._open and isinstance(self._open[-1], Mapping) and self._keys[-1] is None:
            self._refuse(event, "A key must be a word. Put a text with brackets in quotes.")
        node = collection(*self._next(_start(event)))
        self._attach(node)
        self._open.append(node)
        self._keys.append(None)

    def _next(self, place: Place) -> tuple[Path, Place]:
        """The path of the value that comes now, and its key's place where it has a key."""
        if not self._open:
            return (), place
        parent = self._open[-1]
        if isinstance(parent, Listing):
            return (*parent.path, len(parent.items)), place
        key = self._keys[-1]
        assert key is not None
        return (*parent.path, key[0]), key[1]

    def _attach(self, node: Node) -> None:
        if not self._open:
            self._root = node
            return
        parent = self._open[-1]
        if isinstance(parent, Listing):
            parent.items.append(node)
            return
        key = self._keys[-1]
        assert key is not None
        self._keys[-1] = None
        first = parent.entries.get(key[0])
        if first is None:
            parent.entries[key[0]] = Entry(key[0], key[1], node)
        else:
            self._problems.add(
                key[1],
                (*parent.path, key[0]),
                f"{quoted(key[0])} is here twice, first on line {first.place.line}. "
                "Rename or remove one.",
            )

    def _refuse(self, event: yaml.Event, sentence: str) -> None:
        path = self._next(Place(1, 1))[0] if not self._is_at_key() else self._open[-1].path
        self._problems.refuse(_start(event), path, sentence)

    def _is_at_key(self) -> bool:
        return bool(self._open and isinstance(self._open[-1], Mapping) and self._keys[-1] is None)


def _start(event: yaml.Event) -> Place:
    mark = event.start_mark
    assert mark is not None
    return Place(mark.line + 1, mark.column + 1)
