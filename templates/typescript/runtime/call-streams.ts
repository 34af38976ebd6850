import { validated, type Validator } from "./call.ts";

/** The items of a response in JSON lines, each checked. Leaving the loop cancels the response. */
export async function readLines(
  response: Response,
  schema: Validator<unknown> | undefined,
): Promise<AsyncIterable<unknown>> {
  return items(response, lines(response), schema);
}

async function* items(
  response: Response,
  texts: AsyncIterable<string>,
  schema: Validator<unknown> | undefined,
): AsyncGenerator<unknown, void, undefined> {
  for await (const text of texts) {
    const value: unknown = JSON.parse(text);
    yield schema === undefined
      ? value
      : validated(schema, value, "an item of the response", response);
  }
}

async function* lines(
  response: Response,
): AsyncGenerator<string, void, undefined> {
  if (response.body === null) return;
  const reader = response.body.getReader();
  const decoder = new TextDecoder();
  let rest = "";
  try {
    while (true) {
      const { done, value } = await reader.read();
      rest += done ? decoder.decode() : decoder.decode(value, { stream: true });
      const complete = rest.split("\n");
      rest = done ? "" : (complete.pop() ?? "");
      yield* complete.filter((line) => line.trim() !== "");
      if (done) return;
    }
  } finally {
    await reader.cancel();
  }
}
