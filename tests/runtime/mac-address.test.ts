import { test } from "node:test";

import { isMacAddress } from "../../templates/typescript/runtime/mac-address.ts";
import { assertVerdicts } from "./agreement.ts";

const bytes = (count: number, separator = ":"): string =>
  Array.from({ length: count }, () => "0a").join(separator);

test("isMacAddress takes 6, 8 or 20 bytes with one kind of separator", () => {
  assertVerdicts(
    isMacAddress,
    [
      ...[bytes(6), bytes(8), bytes(20), bytes(6, "-"), bytes(8, "-")],
      ...[bytes(6).toUpperCase(), "0000.5e00.5301", "0000.5e00.5301.ABCD"],
      Array.from({ length: 10 }, () => "00aF").join("."),
    ],
    [
      ...["", "00", bytes(5), bytes(7), bytes(9), bytes(6, ""), bytes(6, ".")],
      ...["00:00:5e-00-53-01", "0000.5e00", "0000.5e00.5301.abcd.ef01", "0000"],
      ...[
        "0000:5e00:5301",
        "00:00:5e:00:53:0g",
        `${bytes(6)}\n`,
        `${bytes(6)}:`,
      ],
      ...["00:00:5e:00:53:1", "0:0:0:0:0:0", `+${bytes(6).slice(1)}`],
    ],
  );
});
