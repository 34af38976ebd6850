"""Deliberate faults in a module of the target ``python``: verify must find each one, and name the field."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest
from samewire.discover import import_path
from samewire.verify import Outcome, VerifyOptions, verify_built
from samewire.verify.node import find_node

from tests.verify.conftest import Shop, shop_in

pytest.importorskip("datamodel_code_generator", reason="an extra, which the lowest versions lack")

FAULTS = {
    # The class, what stands in it, what stands there instead, and the field that is at fault.
    "null-lost": ("Text", "note: StrictStr | None", "note: StrictStr", "note"),
    "null-let-in": ("Text", 'size: Literal["s"', 'size: Literal[None, "s"', "size"),
    "limit-lost": ("Text", "Field(min_length=1, max_length=8)", "Field(min_length=1)", "name"),
    "limit-off-by-one": ("Text", "max_length=8", "max_length=7", "name"),
    "pattern-without-its-end": ("Text", r'r"\A[a-z]{2}[\p{Lu}]\z"', r'r"\A[a-z]{2}[\p{Lu}]"', "code"),
    "any-spelling": ("Text", "id: Annotated[UUID, AsWritten]", "id: UUID", "id"),
    "not-strict": ("Numbers", "count: Annotated[StrictInt,", "count: Annotated[int,", "count"),
    "places-lost": ("Numbers", ", decimal_places=2", "", "price"),
    "only-aware": ("Times", "at: Annotated[datetime,", "at: Annotated[AwareDatetime,", "at"),
    "unique-lost": ("Many", ", Unique]", ", Strict(False)]", "tags.*"),
    "key-unchecked": ("Many", "by_colour: Annotated[dict[Colour,", "by_colour: Annotated[dict[StrictStr,", "by_colour.*"),
    "alias-lost": ("Item", 'Field(alias="isShipped")', 'Field(alias="is_shipped")', ""),
    "further-keys-let-in": ("Item", 'ConfigDict(extra="forbid")', 'ConfigDict(extra="ignore")', ""),
    "further-keys-lost": ("Order", 'ConfigDict(extra="allow")', 'ConfigDict(extra="ignore")', ""),
    "required-made-optional": ("Order", "limit: StrictInt | None", "limit: StrictInt | None = None", "limit"),
    "always-written": ("Change", "class Change(PartialModel)", "class Change(Model)", "note"),
    "accepts-another-type": ("Change", "pair: tuple[StrictInt, StrictStr]", "pair: tuple[StrictStr, StrictStr]", "pair.0"),
}  # fmt: skip


@pytest.fixture(scope="module")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Shop]:
    with shop_in(tmp_path_factory.mktemp("python"), "python") as shop:
        yield shop


def spoilt(shop: Shop, model: str, old: str, new: str) -> Outcome:
    """The outcome when ``old`` is ``new`` in a class."""
    files = []
    for file in shop.built.plan.files:
        text = file.text
        if file.path.endswith(".py"):
            begin = text.index(f"class {model}(")
            end = text.find("\nclass ", begin)
            assert text.count(old, begin, end) == 1, f"{old!r} is not once in {text[begin:end]}"
            text = text[:begin] + text[begin:end].replace(old, new) + text[end:]
            text = text.replace("    BaseModel,\n", "    AwareDatetime,\n    BaseModel,\n", 1)
        files.append(replace(file, text=text))
    built = replace(shop.built, plan=replace(shop.built.plan, files=tuple(files)))
    options = VerifyOptions(examples=20, models=(f"shop:{model}",), types=False)
    with import_path(shop.config.pythonpath):
        return verify_built(shop.config, built, options, find_node())


def test_without_a_fault_there_is_no_disagreement(shop: Shop) -> None:
    outcome = shop.verify(VerifyOptions(examples=20, types=False))
    assert outcome.disagreements == ()
    assert outcome.tally.values > 1000


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_is_found(shop: Shop, fault: str) -> None:
    model, old, new, field = FAULTS[fault]
    outcome = spoilt(shop, model, old, new)
    where = f"shop:{model}{f'.{field}' if field else ''}"
    assert outcome.disagreements
    assert where in {each.where for each in outcome.disagreements} or not field
    assert {each.contract for each in outcome.disagreements} == {"shop (python)"}


def test_a_module_that_can_not_be_loaded_says_why(shop: Shop) -> None:
    from samewire.errors import VerifyError

    with pytest.raises(VerifyError, match="the generated code can't be loaded: NameError"):
        spoilt(shop, "Item", 'extra="forbid"', "extra=forbidden")
