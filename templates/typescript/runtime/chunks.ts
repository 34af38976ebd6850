import { callsOf, orderContext, type Continued } from "./continued-message.ts";
import { readResponse } from "./event-source.ts";
import { isObject } from "./objects.ts";
import {
  checkedEvents,
  StreamError,
  type EventPolicy,
  type EventReader,
} from "./stream.ts";

/** What is read of every chunk; which further properties it has its schema says. */
export interface UIChunk {
  readonly type: string;
}

/** A validator that gives its input back: `T` is what it finds nothing wrong with. */
export interface IdentitySchema<T> {
  safeParse(value: unknown): {
    readonly data?: T | undefined;
    readonly error?: { readonly issues: readonly ChunkIssue[] } | undefined;
  };
}

export interface ChunkIssue {
  readonly code?: string | undefined;
  readonly path: readonly PropertyKey[];
  readonly message: string;
}

/** The schemas of a contract. A type that several tools have is one of several chunks; `dataChunks` are those of any name. */
export interface ChunkSchemas<Chunk extends UIChunk> {
  readonly chunks: Readonly<Record<string, readonly IdentitySchema<Chunk>[]>>;
  readonly dataChunks?: readonly IdentitySchema<Chunk>[];
  readonly tools?: Readonly<Record<string, ToolSchemas>>;
}

/** What a tool takes and gives. */
export interface ToolSchemas {
  readonly input: IdentitySchema<unknown>;
  readonly output: IdentitySchema<unknown>;
}

/** How to read a response: a policy, and what cancels it. `continues` is the message that the reply continues. */
export interface ChunkReadOptions<Chunk> extends EventPolicy<Chunk> {
  signal?: AbortSignal | undefined;
  continues?: Continued;
}

/** The chunks of a response, each as it came and checked. Keys that a newer backend adds to a chunk pass. */
export function readUIChunks<Chunk extends UIChunk>(
  schemas: ChunkSchemas<Chunk>,
  response: Response,
  { signal, continues, ...policy }: ChunkReadOptions<Chunk>,
): AsyncGenerator<Chunk, void, undefined> {
  return readResponse(
    response,
    (values) => checkedUIChunks(schemas, values, policy, continues),
    signal,
  );
}

/** The chunks among `values`, under a policy. */
export function checkedUIChunks<Chunk extends UIChunk>(
  schemas: ChunkSchemas<Chunk>,
  values: ReadableStream<unknown>,
  policy: EventPolicy<Chunk>,
  continues: Continued,
): ReadableStream<Chunk> {
  const reader = new ChunkReader(schemas, continues);
  return checkedEvents(values, reader, policy, orderContext(continues));
}

const LAST: readonly string[] = ["finish", "error", "abort"];
const NO_ISSUES: readonly ChunkIssue[] = [];

/** The chunks that tell what tool a call is of, what it takes and what it gives. */
const TOOL_CHUNKS: ReadonlySet<unknown> = /* @__PURE__ */ new Set([
  "tool-input-start",
  "tool-input-available",
  "tool-input-error",
  "tool-output-available",
]);

/** Reads the chunks of one stream. It remembers the tool of each call, which the call's output does not name. */
class ChunkReader<Chunk extends UIChunk> implements EventReader<Chunk> {
  readonly truncated: string =
    "The reply broke off: its stream ended without finish, error or abort.";
  readonly #schemas: ReadonlyMap<string, readonly IdentitySchema<Chunk>[]>;
  readonly #dataSchemas: readonly IdentitySchema<Chunk>[] | undefined;
  readonly #tools: ReadonlyMap<string, ToolSchemas>;
  readonly #toolOfCall: Map<string, string>;

  constructor(schemas: ChunkSchemas<Chunk>, continues: Continued) {
    this.#schemas = new Map(Object.entries(schemas.chunks));
    this.#dataSchemas = schemas.dataChunks;
    this.#tools = new Map(Object.entries(schemas.tools ?? {}));
    this.#toolOfCall = new Map(
      callsOf(continues)
        .filter(({ dynamic }) => !dynamic)
        .map(({ toolCallId, toolName }) => [toolCallId, toolName]),
    );
  }

  isLast({ type }: Chunk): boolean {
    return LAST.includes(type);
  }

  read(value: unknown): Chunk | StreamError {
    const type = isObject(value) ? value["type"] : undefined;
    if (!isObject(value) || typeof type !== "string") {
      const what =
        typeof value === "string"
          ? "text that is not JSON"
          : "a value without a type";
      const message = `The server sent ${what} in place of a chunk.`;
      return new StreamError("invalid", message, value);
    }
    const schemas = this.#schemasOf(type);
    if (schemas === undefined) {
      const message = `The server sent a chunk of the unknown type ${type}.`;
      return new StreamError("unknown", message, value);
    }
    const issues = closestIssues(value, schemas);
    if (issues.length > 0) return invalid(type, value, issues);
    const toolIssues = this.#toolIssues(value);
    if (toolIssues.length > 0) return invalid(type, value, toolIssues);
    // A schema gives back what it gets, so a value without issues is a chunk.
    return value as unknown as Chunk;
  }

  #schemasOf(type: string): readonly IdentitySchema<Chunk>[] | undefined {
    const named = this.#schemas.get(type);
    if (named !== undefined) return named;
    return type.startsWith("data-") ? this.#dataSchemas : undefined;
  }

  /** What is wrong with the input or output of a tool. That of a dynamic call may be anything. */
  #toolIssues(chunk: Readonly<Record<string, unknown>>): readonly ChunkIssue[] {
    const { type, toolCallId } = chunk;
    if (this.#tools.size === 0 || !TOOL_CHUNKS.has(type)) return NO_ISSUES;
    if (chunk["dynamic"] === true || typeof toolCallId !== "string") {
      return NO_ISSUES;
    }
    if (type === "tool-output-available") {
      const tool = this.#tools.get(this.#toolOfCall.get(toolCallId) ?? "");
      return issuesIn("output", tool?.output, chunk["output"]);
    }
    const { toolName } = chunk;
    if (typeof toolName !== "string") return NO_ISSUES;
    this.#toolOfCall.set(toolCallId, toolName);
    return type === "tool-input-available"
      ? issuesIn("input", this.#tools.get(toolName)?.input, chunk["input"])
      : NO_ISSUES;
  }
}

function issuesIn(
  key: string,
  schema: IdentitySchema<unknown> | undefined,
  value: unknown,
): readonly ChunkIssue[] {
  const issues = schema?.safeParse(value).error?.issues ?? [];
  return issues.map(({ path, message }) => ({ path: [key, ...path], message }));
}

/** None, or those of the schema that the value comes closest to: the one of its tool. */
function closestIssues(
  value: unknown,
  schemas: readonly IdentitySchema<unknown>[],
): readonly ChunkIssue[] {
  let closest: readonly ChunkIssue[] | undefined;
  for (const schema of schemas) {
    const { error } = schema.safeParse(value);
    if (error === undefined) return NO_ISSUES;
    const issues = error.issues.filter((issue) => !isAddedKey(issue));
    if (issues.length === 0) return issues;
    if (closest === undefined || isOfOtherTool(closest)) {
      closest = isOfOtherTool(issues) ? (closest ?? issues) : issues;
    }
  }
  return closest ?? [];
}

function isOfOtherTool(issues: readonly ChunkIssue[]): boolean {
  return issues.some(({ path }) => path[0] === "toolName");
}

/** A key that the contract does not have, in the chunk itself: a newer backend may add some. */
function isAddedKey({ code, path }: ChunkIssue): boolean {
  return code === "unrecognized_keys" && path.length === 0;
}

function invalid(
  type: string,
  chunk: unknown,
  issues: readonly ChunkIssue[],
): StreamError {
  const details = issues
    .slice(0, 3)
    .map(({ path, message }) =>
      [path.map(String).join("."), message].filter(Boolean).join(": "),
    );
  const message = `The server sent an invalid ${type} chunk (${details.join("; ")}).`;
  return new StreamError("invalid", message, chunk);
}
