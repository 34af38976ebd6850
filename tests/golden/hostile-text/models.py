"""Text from anywhere stays text: nothing here may end a comment, a string or a line of the output."""

from enum import Enum
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

EVIL = "*/ '\"` ${globalThis.hit = 1} // \\ \r \n \u2028 </script> \\"


class Trap(Enum):
    EVIL = EVIL
    PROTO = "__proto__"


class Target(BaseModel):
    __doc__ = EVIL
    model_config = ConfigDict(title="}; globalThis.hit = 1; type X = {")

    text: str = Field(default=EVIL, title=EVIL, description=EVIL, examples=[EVIL], deprecated=EVIL)
    proto: int = Field(alias="__proto__")
    constructor: int
    key: int = Field(alias="']: globalThis.hit = 1, ['")
    literal: Literal["\u2028", "`${globalThis.hit = 1}`"]
    pattern: str = Field(pattern="^/`'\\*/$")
    trap: Trap
