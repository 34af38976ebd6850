"""Runs datamodel-code-generator with fixed options: from a lowered document to classes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final, Literal, TypeAlias

from samewire.errors import Diagnostic, SamewireError
from samewire.render import templates

ROOT: Final = "SamewireRoot_"
"""The generator makes a class of the document itself, which is left out again."""


Kind: TypeAlias = Literal["classes", "dataclass", "typed-dict"]


class GeneratorMissingError(SamewireError):
    """datamodel-code-generator is not installed."""


@dataclass(frozen=True, slots=True)
class Classes:
    """
    The generator's input. ``document`` is JSON Schema. ``fields`` has field names, by class and key. ``shown`` has what the
    templates print besides, by class.
    """

    document: dict[str, Any]
    fields: Mapping[str, Mapping[str, str]]
    shown: Mapping[str, dict[str, Any]]
    kind: Kind


def written(classes: Classes) -> str:
    """
    Returns the unformatted source of the classes, with imports and hints.

    Raises:
        GeneratorMissingError: the extra that has the generator is not installed.

    """
    try:
        import datamodel_code_generator as generator  # noqa: PLC0415  # heavy, and of an extra
        from datamodel_code_generator import enums  # noqa: PLC0415
    except ImportError as error:
        message = f"the target 'python' needs datamodel-code-generator: {error}"
        hint = "pip install 'samewire[python]'"
        raise GeneratorMissingError(
            Diagnostic("python-extra", "targets.python", message, hint)
        ) from error
    names = {
        f"{class_}.{key}": name
        for class_, fields in classes.fields.items()
        for key, name in fields.items()
        if key != name
    }
    kinds = {
        "classes": enums.DataModelType.PydanticV2BaseModel,
        "dataclass": enums.DataModelType.PydanticV2BaseModel,  # our template prints what differs
        "typed-dict": enums.DataModelType.TypingTypedDict,
    }
    dataclass_ = {"dataclass": classes.kind == "dataclass"}
    shown = {name: {**each, **dataclass_} for name, each in classes.shown.items()}
    text = generator.generate(
        classes.document,
        input_file_type=generator.InputFileType.JsonSchema,
        output_model_type=kinds[classes.kind],
        target_python_version=generator.PythonVersion.PY_311,
        custom_template_dir=templates("python") / "models",
        extra_template_data=defaultdict(dict, shown),
        custom_class_name_generator=_as_it_is,
        allow_leading_underscore_class_name=True,
        aliases=names,
        class_name=ROOT,
        strict_types=[
            enums.StrictTypes.str,
            enums.StrictTypes.int,
            enums.StrictTypes.bool,
        ],
        enum_field_as_literal=generator.LiteralType.Off,
        use_annotated=True,
        field_constraints=True,
        strict_nullable=True,
        use_type_alias=True,
        use_union_operator=True,
        use_standard_collections=True,
        use_double_quotes=True,
        keep_model_order=True,
        disable_timestamp=True,
        formatters=[],
    )
    if not isinstance(text, str):
        raise TypeError("datamodel-code-generator wrote several modules")
    return text


def _as_it_is(name: str) -> str:
    return name
