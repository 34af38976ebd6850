"""Docstrings, descriptions, examples and deprecations become TSDoc."""

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field


class Address(BaseModel):
    """
    Where to send it.

    Only within the country:

    - street and number
    - `postcode`
    """

    model_config = ConfigDict(use_attribute_docstrings=True)

    street: str
    """Street and number, see {@link https://example.com/streets}."""
    postcode: Annotated[str, Field(title="Postcode", examples=["10115", "80331"])]
    country: str = Field(default="DE", description="ISO 3166, two letters.\nMay change.")
    fax: str | None = Field(default=None, deprecated=True)
    telex: str | None = Field(default=None, deprecated="Use `fax`.")
