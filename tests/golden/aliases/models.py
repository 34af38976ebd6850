"""Keys on the wire: generated, quoted, and several for one field."""

from pydantic import AliasChoices, BaseModel, ConfigDict, Field
from pydantic.alias_generators import to_camel


class Account(BaseModel):
    model_config = ConfigDict(alias_generator=to_camel, validate_by_name=True)

    first_name: str
    content_type: str = Field(alias="Content-Type")
    balance: int = Field(default=0, serialization_alias="balanceInCents")


class Query(BaseModel):
    text: str = Field(validation_alias=AliasChoices("q", "query"))
    limit: int = Field(default=10, alias="max")
