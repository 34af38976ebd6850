// What the generated schema or guard says of values: a line in, {"file": <file>, "values": [<JSON text>, ...]}, a line out, [true, ...].
import { createInterface } from "node:readline";

for await (const line of createInterface({ input: process.stdin })) {
  const { file, values } = JSON.parse(line);
  const { CaseSchema, isCase } = await import(file);
  const verdicts = values.map((value) => {
    if (isCase !== undefined) return isCase(JSON.parse(value));
    const result = CaseSchema["~standard"].validate(JSON.parse(value));
    return !("issues" in result && result.issues);
  });
  process.stdout.write(`${JSON.stringify(verdicts)}\n`);
}
