"""The arguments of generics in names, from what Pydantic shows of them."""

from __future__ import annotations

import pytest
from samewire.export.generic_names import of_arguments, readable

SHORT = [
    ("[Literal['a', <Color.RED: 'x>y'>, None]]", "LiteralAColorREDNone"),
    ("[Literal['<b: c>', \"it's <d>\"]]", "LiteralBCItSD"),
    ("[Literal[<Mode.READ|WRITE: 3>]]", "LiteralModeREADWRITE"),
    ("[<class 'shop.Item'>]", "Item"),
    ("[<object object at 0x7f12>]", "Object"),
    ("[Annotated[int, FieldInfo(annotation=NoneType, default=<factory>)]]", "Int"),
    ("[list[Annotated[str, <function of.<locals>.check at 0x7f>]]]", "ListStr"),
    (f"[Literal['{'x' * 300}']]", "Literal" + "X" + "x" * 52),
    ("[not an expression <]", "NotAnExpression"),
]
FULL = [
    (
        "[Annotated[int, NoneType, FieldInfo(annotation=NoneType, required=True, description='d', metadata=[Ge(ge=1)])]]",
        "IntGe1_d",
    ),
    ("[Annotated[Decimal, _PydanticGeneralMetadata(max_digits=5)]]", "DecimalMaxDigits5"),
    (
        "[Annotated[str, AfterValidator(func=<function of.<locals>.check at 0x7f>)]]",
        "StrAfterValidatorofFullStopcheck",
    ),
    (
        "[Annotated[str, AfterValidator(func=<bound method A.f of <class 'x.A'>>)]]",
        "StrAfterValidatorAFullStopf",
    ),
    ("[Literal['a-b', <Color.RED: 1>]]", "Literal_aHyphenMinusbOrColorFullStopRED"),
]


@pytest.mark.parametrize(("shown", "name"), SHORT)
def test_a_name_has_no_representation_of_an_object(shown: str, name: str) -> None:
    assert of_arguments(shown, full=False) == name


@pytest.mark.parametrize(("shown", "name"), FULL)
def test_what_tells_arguments_apart(shown: str, name: str) -> None:
    assert of_arguments(shown, full=True) == name


def test_what_is_shown_has_no_address() -> None:
    shown = (
        "[Annotated[int, AfterValidator(func=<function check at 0x7f12>)], Literal[<Color.RED: 1>]]"
    )
    assert readable(shown) == "[Annotated[int, AfterValidator(func=check)], Literal[Color.RED]]"
