"""The likely cause of a disagreement, and what to do about it, in a sentence."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from samewire.coreschema import schemas
from samewire.scalars.emails import has_special_domain
from samewire.values import is_valid, part_at
from samewire.verify.findings import Cause, Kind
from samewire.verify.judge import Finding
from samewire.verify.subjects import Subject

OURS = "this looks like a bug in Samewire: please report it"
_ADAPTER = re.compile(r"Invalid decimal: the adapter (.*?)(?=; |$)")
"""What the validator says of the user's own functions for decimals."""
NAMED = 3  # functions of the user's


def cause_of(finding: Finding, subject: Subject) -> Cause:
    """Looked for in the order of what explains most: a warning of Pydantic's, the user's code, the options, the generator."""
    if finding.kind is Kind.BROKEN:
        return Cause("validator", f"the validator itself failed; {OURS}")
    if said := _ADAPTER.search(finding.schema):
        return Cause(
            "adapter",
            f"the module of `decode.decimals` loses what Pydantic writes or reads, since it {said[1]}: its `decode` has to keep "
            "each digit, and its `encode` to write them",
        )
    if _is_address_of_no_mail(finding):
        return Cause(
            "code",
            "email-validator is told to take addresses that are for no mail (SPECIAL_USE_DOMAIN_NAMES or TEST_ENVIRONMENT), which "
            "the contract refuses: leave that to the tests of the backend, or annotate the field with `str` and a pattern",
        )
    if finding.kind is Kind.UNSENT and subject.oracle.only_python_reads(finding.case.text):
        return Cause(
            "code",
            f"Python code reads more than the type says, perhaps {_either(subject.oracle.code)}: declare what it reads with "
            "`json_schema_input_type`",
            subject.oracle.code,
        )
    valid = is_valid(subject.definition.type, subject.terms.definitions, finding.case.value)
    if finding.kind is Kind.ALTERED and subject.direction == "accepts":
        what = (
            "the validator returns another value than it received, and Pydantic reads it "
            "differently"
        )
        return Cause("altered", f"{what}; {OURS}")
    if finding.kind in (Kind.REFUSED, Kind.ALTERED):
        return next(_of_emission(finding, subject, valid=valid))
    if finding.kind is Kind.UNREAD:
        return _of_reading(finding, subject, valid=valid)
    wide = finding.kind is Kind.TOO_WIDE
    if valid:
        what = "the schema document allows more than the model"
        what = what if wide else "the validator refuses what the schema document allows"
        return Cause("document" if wide else "validator", f"{what}; {OURS}")
    what = "the validator allows more" if wide else "the schema allows less"
    return Cause("validator", f"{what} than {_said(finding, subject)}; {OURS}")


def _is_address_of_no_mail(finding: Finding) -> bool:
    """Whether an address is refused for its domain alone, which email-validator refuses too unless it is told otherwise."""
    if finding.kind not in (Kind.REFUSED, Kind.UNSENT) or "email address" not in finding.schema:
        return False
    text = part_at(finding.case.value, finding.path)
    return isinstance(text, str) and has_special_domain(text)


def _of_emission(finding: Finding, subject: Subject, *, valid: bool) -> Iterator[Cause]:
    for instance in finding.case.instance:
        if warning := subject.oracle.warning(instance):
            what = (
                "Pydantic warns about this value when it serializes it, so a validator or "
                "a default gives the field another value than its type declares "
                f"({warning})"
            )
            yield Cause("warned-of", what, subject.oracle.code)
    if finding.path and part_at(finding.case.value, finding.path) is None:
        yield Cause(
            "null",
            "null is sent but the type does not allow it: a default of None that is not "
            "in the annotation, or a serializer that returns None; add `| None`",
        )
    serializers = tuple(sorted(set(_serializers(subject.oracle.adapter.core_schema))))
    if serializers and not valid:
        yield Cause(
            "serializer",
            "a custom serializer writes something else than it declares, perhaps "
            f"{_either(serializers)}: correct its return annotation, or the entry under "
            "`opaque` in the configuration",
            serializers,
        )
    if not valid and finding.case.instance and subject.oracle.code:
        read = subject.oracle.read(finding.case.text, strict=False)
        if not read.ok:
            yield Cause(
                "code",
                "Python code gives the model a value that Pydantic writes but does not read again "
                f"({read.message}), perhaps {_either(subject.oracle.code)}: correct the value that it returns",
                subject.oracle.code,
            )
    if not finding.case.instance and finding.case.changed is None and not valid:
        yield Cause(
            "recorded",
            "the recorded value does not match the models: other dump options, another "
            "version, or another sender",
        )
    if valid:
        what = "the schema document allows the value, so the validator is wrong"
        yield Cause("validator", f"{what}; {OURS}")
    yield Cause(
        "document",
        "the schema document does not allow what Pydantic writes: a default that its own "
        "validation would refuse, or a type that is not exact; if the model is right, "
        "please report it",
    )


def _of_reading(finding: Finding, subject: Subject, *, valid: bool) -> Cause:
    lax = subject.oracle.read(finding.case.text, strict=False)
    if lax.ok:
        return Cause("strict", "the model is strict, and Pydantic would read the value in lax mode")
    if valid:
        return Cause("document", f"the schema document allows more than Pydantic reads; {OURS}")
    return Cause("validator", f"the validator allows more than {_said(finding, subject)}; {OURS}")


def _either(names: tuple[str, ...]) -> str:
    return " or ".join(names[:NAMED])


def _said(finding: Finding, subject: Subject) -> str:
    name, _ = finding.place(subject).chain[-1]
    pointer = subject.terms.definitions[name].pointer
    return f"the schema document at {pointer}" + (
        f" ({finding.case.what})" if finding.case.what else ""
    )


def _serializers(core: Any) -> Iterator[str]:
    """The custom serializers in a core schema, by name."""
    for schema in schemas(core):
        serialization = schema.get("serialization")
        if isinstance(serialization, Mapping) and "function" in serialization:
            function = serialization["function"]
            module = getattr(function, "__module__", None) or ""
            if module.partition(".")[0] not in ("pydantic", "pydantic_core", "operator"):
                yield getattr(function, "__qualname__", repr(function))
