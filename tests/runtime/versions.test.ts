import { test } from "node:test";

import { isSemanticVersion } from "../../templates/typescript/runtime/versions.ts";
import { assertVerdicts } from "./agreement.ts";

const NINES = "9".repeat(4300);

test("isSemanticVersion takes what semver.org gives as valid, and refuses what it gives as invalid", () => {
  assertVerdicts(
    isSemanticVersion,
    [
      ...["0.0.4", "1.2.3", "10.20.30", "1.1.2-prerelease+meta", "1.1.2+meta"],
      ...["1.0.0-alpha", "1.0.0-alpha.1", "1.0.0-alpha0.valid", "1.0.0-0A.is"],
      ...["1.0.0-rc.1+build.123", "1.2.3----RC-SNAPSHOT.12.9.1--.12+788"],
      ...["1.0.0+0.build.1-rc.10000aaa-kk-0.1", `${NINES}.${NINES}.${NINES}`],
    ],
    [
      ...["", "1", "1.2", "1.2.3-0123", "1.2.3-0123.0123", "1.1.2+.123", "+in"],
      ...["-invalid", "alpha", "1.0.0-alpha_beta", "1.0.0-alpha..1", "01.1.1"],
      ...["1.01.1", "1.1.01", "1.2.3.DEV", "1.2-SNAPSHOT", "1.2.31.2.3----RC"],
      ...[
        "-1.0.3-gamma+b7718",
        "1.2.3\n",
        " 1.2.3",
        "1.2.3-é",
        `${NINES}9.0.0`,
      ],
    ],
  );
});
