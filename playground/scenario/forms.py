"""In which form does a file write a parameter?

Nothing is listed here: the key, unit, bounds, words, default and help of a parameter are read from
the annotations of the dataclass that owns it. Loader, writer and JSON Schema all walk these forms.
"""

from dataclasses import MISSING, Field, dataclass, fields, is_dataclass, replace
from functools import cache
from types import NoneType, UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin, get_type_hints

from annotated_types import Interval, MaxLen, Unit

from playground.engine.parameters import Loss, Spread
from playground.engine.units import Absent, Help
from playground.scenario.quantities import LONGEST_WHOLE, UNITS, UnitName

LONGEST_NAME = 64
LONGEST_MESSAGE = LONGEST_NAME + len("#") + LONGEST_WHOLE
"""A message is a name with a number: ``shop#20``."""

SHORTHANDS: dict[type, tuple[str, ...]] = {
    Spread: ("mean_us",),
    Loss: ("request", "reply"),
}
"""A single value in a record's place stands for these of its fields: ``loss: 10 %``."""


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number with a unit in its text."""

    unit: UnitName
    is_whole: bool
    bounds: Interval


@dataclass(frozen=True, slots=True)
class Number:
    """A number without unit."""

    is_whole: bool
    bounds: Interval


@dataclass(frozen=True, slots=True)
class Flag:
    """true or false."""


@dataclass(frozen=True, slots=True)
class Choice:
    """One of a few words."""

    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Words:
    """A name on one line, or a longer text."""

    limit: int

    @property
    def is_name(self) -> bool:
        """Whether it is a name: one line, shown in small places."""
        return self.limit <= LONGEST_MESSAGE


@dataclass(frozen=True, slots=True)
class Record:
    """A mapping with the fields of a dataclass."""

    cls: type


@dataclass(frozen=True, slots=True)
class ListOf:
    """Any number of values of one form."""

    item: "Form"


@dataclass(frozen=True, slots=True)
class OneOf:
    """Either of two forms; a file's bracket tells which."""

    forms: tuple["Form", ...]


Form = Quantity | Number | Flag | Choice | Words | Record | ListOf | OneOf


@dataclass(frozen=True, slots=True)
class Parameter:
    """One key of a file: how it is written, what it means when absent, and what it is for."""

    name: str
    key: str
    form: Form
    is_required: bool
    default: object = None
    absent: str | None = None
    absent_value: object = None
    help: str = ""


def parameters_of(cls: type) -> tuple[Parameter, ...]:
    """The keys of a dataclass in their order: every field that has a ``Help``."""
    return _parameters_of(cls)


@cache
def _parameters_of(cls: type) -> tuple[Parameter, ...]:
    assert is_dataclass(cls)
    hints = get_type_hints(cls, include_extras=True)
    return tuple(
        parameter_of(each.name, hints[each.name], each)
        for each in fields(cls)
        if _help_of(hints[each.name])
    )


def optional_parameters_of(cls: type) -> tuple[Parameter, ...]:
    """The same keys where none of them is required: a change of some."""
    return _optional_parameters_of(cls)


@cache
def _optional_parameters_of(cls: type) -> tuple[Parameter, ...]:
    return tuple(replace(each, is_required=False) for each in _parameters_of(cls))


def parameter_named(cls: type, name: str) -> Parameter:
    """The parameter that fills a field."""
    return next(each for each in parameters_of(cls) if each.name == name)


def parameter_of(name: str, hint: Any, source: "Field[Any] | None" = None) -> Parameter:
    """What an annotation says about its field."""
    base, metadata = _opened(hint)
    options = [base]
    if get_origin(base) in (Union, UnionType):
        options = [each for each in get_args(base) if each is not NoneType]
    is_optional = NoneType in get_args(base)
    forms = tuple(
        _form_of(Annotated[(option, *metadata)] if metadata else option) for option in options
    )
    form = forms[0] if len(forms) == 1 else OneOf(forms)
    absent = next((each.word for each in metadata if isinstance(each, Absent)), None)
    default = _default_of(source)
    return Parameter(
        name=name,
        key=_key_of(name, form),
        form=form,
        is_required=default is MISSING,
        default=None if default is MISSING else default,
        absent=absent,
        absent_value=None if is_optional else (),
        help=_help_of(hint),
    )


def _help_of(hint: Any) -> str:
    return next((each.text for each in _opened(hint)[1] if isinstance(each, Help)), "")


def _opened(hint: Any) -> tuple[Any, tuple[Any, ...]]:
    if get_origin(hint) is Annotated:
        base, *metadata = get_args(hint)
        return base, tuple(metadata)
    return hint, ()


def _form_of(hint: Any) -> Form:
    base, metadata = _opened(hint)
    bounds = next((each for each in metadata if isinstance(each, Interval)), Interval())
    if get_origin(base) is Literal:
        return Choice(get_args(base))
    if get_origin(base) is tuple:
        return ListOf(_form_of(get_args(base)[0]))
    if base is bool:
        return Flag()
    if base is str:
        longest = next((each.max_length for each in metadata if isinstance(each, MaxLen)), None)
        return Words(longest if longest is not None else LONGEST_NAME)
    if is_dataclass(base):
        assert isinstance(base, type)
        return Record(base)
    assert base in (int, float), f"a file has no form for {base!r}"
    unit = next((each.unit for each in metadata if isinstance(each, Unit)), None)
    if unit is None:
        return Number(base is int, bounds)
    assert unit in UNITS, f"no text is known for the unit {unit!r}"
    return Quantity(unit, base is int, bounds)


def _key_of(name: str, form: Form) -> str:
    if isinstance(form, Quantity):
        name = name.removesuffix(f"_{form.unit}")
    return name.removesuffix("_")


def _default_of(source: "Field[Any] | None") -> Any:
    if source is None or (source.default is MISSING and source.default_factory is MISSING):
        return MISSING
    if source.default is not MISSING:
        return source.default
    assert source.default_factory is not MISSING
    return source.default_factory()
