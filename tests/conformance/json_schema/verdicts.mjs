// What the generated schemas say of values: a line in, {"schema": <file>, "values": [<JSON text>, ...]}, a line out, [true, ...].
import { createInterface } from "node:readline";

for await (const line of createInterface({ input: process.stdin })) {
  const { schema, values } = JSON.parse(line);
  const { CaseSchema } = await import(schema);
  const verdicts = values.map((value) => {
    const result = CaseSchema["~standard"].validate(JSON.parse(value));
    return !("issues" in result && result.issues);
  });
  process.stdout.write(`${JSON.stringify(verdicts)}\n`);
}
