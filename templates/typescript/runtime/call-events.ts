import { validated, type Validator } from "./call.ts";
import { parsedEvents } from "./event-source.ts";

/** The items of a response of server-sent events, each checked. Leaving the loop cancels the response. */
export async function readEvents(
  response: Response,
  schema: Validator<unknown> | undefined,
): Promise<AsyncIterable<unknown>> {
  return items(response, schema);
}

async function* items(
  response: Response,
  schema: Validator<unknown> | undefined,
): AsyncGenerator<unknown, void, undefined> {
  if (response.body === null) return;
  const reader = parsedEvents(response.body).getReader();
  try {
    while (true) {
      const { done, value } = await reader.read();
      if (done) return;
      yield schema === undefined
        ? value
        : validated(schema, value, "an event of the response", response);
    }
  } finally {
    await reader.cancel();
  }
}
