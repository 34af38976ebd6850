import { test } from "node:test";

import { isUlid } from "../../templates/typescript/runtime/ulid.ts";
import { assertVerdicts } from "./agreement.ts";

test("isUlid takes 128 bits in the base32 of Crockford", () => {
  const random = "ABCDEFGHJKMNPQRSTVWXYZ0123456789".slice(0, 25);
  assertVerdicts(
    isUlid,
    [`0${random}`, `7${"Z".repeat(25)}`, "0".repeat(26)],
    [
      ...[
        "",
        `8${random}`,
        `0${random.slice(1)}`,
        `00${random}`,
        `0${random}\n`,
      ],
      ...["I", "L", "O", "U", "i", "é", "-"].map(
        (char) => `0${char}${random.slice(1)}`,
      ),
      `0${random}`.toLowerCase(),
    ],
  );
});
