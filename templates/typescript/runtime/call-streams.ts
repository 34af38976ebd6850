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
  // The pieces of a line that has not ended; they are joined once, however many there are.
  let pieces: string[] = [];
  try {
    while (true) {
      const { done, value } = await reader.read();
      const text = done
        ? decoder.decode()
        : decoder.decode(value, { stream: true });
      const [first = "", ...others] = text.split("\n");
      pieces.push(first);
      for (const other of others) {
        yield* filled(pieces.join(""));
        pieces = [other];
      }
      if (done) return yield* filled(pieces.join(""));
    }
  } finally {
    await reader.cancel();
  }
}

function filled(line: string): string[] {
  return line.trim() === "" ? [] : [line];
}
