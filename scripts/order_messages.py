"""
Write ``templates/typescript/runtime/order-messages.ts`` from ``samewire.streams.rules``.

Python and TypeScript report broken rules in the same words.
"""

from __future__ import annotations

from pathlib import Path

from samewire.streams.rules import RULES
from samewire.targets.typescript.expressions import (
    Constant,
    Entry,
    Expression,
    ObjectLiteral,
    Text,
)
from samewire.targets.typescript.layout import print_doc
from samewire.targets.typescript.layout_expressions import layout_declaration
from samewire.targets.typescript.syntax import Code, property_key, string

FILE = Path(__file__).parents[1] / "templates" / "typescript" / "runtime" / "order-messages.ts"
HEAD = """\
// Written by scripts/order_messages.py from codegen/samewire/streams/rules.py; do not edit.

/** The rules of order that a stream may break. */
export type OrderRule =
{names};

/**
 * What happened, and what to do, with facts in braces. An event that breaks an `ignored` rule changes nothing; any other one
 * counts as if it were right.
 */
export interface OrderMessage {{
  readonly message: string;
  readonly hint: string;
  readonly ignored: boolean;
}}

{table};
"""


def text() -> str:
    names = "\n".join(f"  | {string(name)}" for name in RULES)
    left = "export const ORDER_MESSAGES: Readonly<Record<OrderRule, OrderMessage>>"
    rules = {
        name: ObjectLiteral(
            (
                Entry(Code("message"), Text(string(rule.message))),
                Entry(Code("hint"), Text(string(rule.hint))),
                Entry(Code("ignored"), Constant(Code("true" if rule.ignored else "false"))),
            )
        )
        for name, rule in RULES.items()
    }
    table: Expression = ObjectLiteral(
        tuple(Entry(property_key(name), rule) for name, rule in rules.items())
    )
    return HEAD.format(
        names=names, table=print_doc(layout_declaration(left, table)).removesuffix(";")
    )


if __name__ == "__main__":
    FILE.write_text(text(), encoding="utf-8", newline="\n")
