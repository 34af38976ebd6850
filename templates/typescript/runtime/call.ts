import type { StandardIssue } from "./standard-schema.ts";

/** What checks a value and gives it a type: a schema of any library that implements Standard Schema (https://standardschema.dev). */
export interface Validator<T> {
  readonly "~standard": {
    readonly validate: (
      value: unknown,
    ) => ValidatorResult<T> | Promise<ValidatorResult<T>>;
  };
}

export type ValidatorResult<T> =
  | { readonly value: T; readonly issues?: undefined }
  | { readonly issues: readonly StandardIssue[] };

/** What a route takes as text. A list is sent as one text for each of its items. */
export type TextValue = string | number | boolean | null | undefined;
export type TextValues = { readonly [key: string]: unknown };

/** How a body is sent. `headers` are those that say what it is. */
export interface SentBody {
  readonly body: BodyInit;
  readonly headers: { readonly [name: string]: string };
}

export interface RequestBody<T> {
  readonly kind: string;
  readonly required: boolean;
  readonly schema?: Validator<unknown>;
  readonly mediaType?: string;
  readonly files?: {
    readonly [name: string]: { required: boolean; many: boolean };
  };
  readonly write: (value: unknown, body: RequestBody<T>) => SentBody;
}

/** What a response has: a value, text, nothing, or items that are streamed. `read` makes that of a `Response`. */
export interface ResponseBody<T> {
  readonly kind: string;
  readonly schema?: Validator<T extends AsyncIterable<infer Item> ? Item : T>;
  readonly read: (
    response: Response,
    schema: Validator<unknown> | undefined,
  ) => Promise<unknown>;
}

/**
 * One route as data. `path` has its parameters in braces; `responses` has each declared response by its status.
 *
 * `Args` is what a request has: `path`, `query`, `headers`, `cookies`, `body`; `Responses` is what is answered, by status.
 */
export interface Route<Args, Responses> {
  readonly name: string;
  readonly method: string;
  readonly path: string;
  readonly parameters: {
    readonly [Part in Exclude<keyof Args, "body">]-?: Validator<
      NonNullable<Args[Part]>
    >;
  };
  readonly body?: RequestBody<
    Args extends { body?: infer Body } ? Body : never
  >;
  readonly responses: {
    readonly [Status in keyof Responses]: ResponseBody<Responses[Status]>;
  };
}

type IsSuccess<Status> = Status extends string | number
  ? `${Status}` extends `2${string}`
    ? true
    : false
  : false;

/** The value that a route answers with if all is well. */
export type Answer<Responses> = {
  [Status in keyof Responses]: IsSuccess<Status> extends true
    ? Responses[Status]
    : never;
}[keyof Responses];

type Digit = 0 | 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8 | 9;
type StatusIn<Class extends string> =
  `${Class}${Digit}${Digit}` extends infer Status
    ? Status extends `${infer Value extends number}`
      ? Value
      : never
    : never;

/** The statuses that a key of responses stands for: `404`, `"4XX"` or `"default"`, but those that have a key of their own. */
type StatusOf<Key, Keys> = Key extends number
  ? Key
  : Exclude<
      StatusIn<Key extends `${infer Class}XX` ? Class : "3" | "4" | "5">,
      Keys
    >;

/** The status and the value of each declared response that is no success. */
export type ErrorAnswer<Responses> = {
  [Key in keyof Responses]: IsSuccess<Key> extends true
    ? never
    : {
        readonly status: StatusOf<Key, keyof Responses>;
        readonly body: Responses[Key];
      };
}[keyof Responses];

/** Headers by name: what is `undefined` says nothing, and `null` takes away what other options say. */
export type CallHeaders =
  HeadersInit | { readonly [name: string]: string | null | undefined };

/** The options of a request that is not sent. */
export interface RequestOptions {
  /** What the paths of routes are added to: `https://api.example.com`, or nothing for the origin of the page. */
  readonly baseUrl?: string | undefined;
  readonly headers?: CallHeaders | undefined;
  readonly signal?: AbortSignal | null | undefined;
  /** What else `fetch` is told: `credentials`, `cache`, `redirect`. */
  readonly init?: RequestInit | undefined;
}

export interface CallOptions extends Omit<RequestOptions, "headers"> {
  /** Headers, or what gives them before each call, such as one with a token that expires. */
  readonly headers?:
    | CallHeaders
    | (() => CallHeaders | undefined | Promise<CallHeaders | undefined>)
    | undefined;
  /** In place of the global `fetch`. */
  readonly fetch?: typeof fetch | undefined;
}

/** The arguments of `call` behind the route; `args` may be left off where nothing in it is required. */
export type CallArguments<Args, Options = CallOptions> =
  Record<never, never> extends Args
    ? [args?: Args | undefined, options?: Options]
    : [args: Args, options?: Options];

/** The backend answered with a status that is no success. `body` is checked if the route declares the status. */
export class RouteError extends Error {
  override readonly name: string = "RouteError";
  readonly route: string;
  readonly status: number;
  readonly body: unknown;
  readonly declared: boolean;
  readonly response: Response;

  constructor(
    route: string,
    response: Response,
    body: unknown,
    declared: boolean,
  ) {
    super(`${route} answered ${response.status}`);
    this.route = route;
    this.status = response.status;
    this.body = body;
    this.declared = declared;
    this.response = response;
  }
}

/** What was to be sent, or what arrived, is not what the route declares. */
export class MismatchError extends Error {
  override readonly name: string = "MismatchError";
  readonly issues: readonly StandardIssue[];
  readonly response: Response | undefined;

  constructor(
    what: string,
    issues: readonly StandardIssue[],
    response?: Response,
  ) {
    const [first] = issues;
    const at = (first?.path ?? [])
      .map((step) => String(typeof step === "object" ? step.key : step))
      .join(".");
    super(
      `${what}${at && ` at ${at}`}: ${first?.message ?? "it does not fit"}`,
    );
    this.issues = issues;
    this.response = response;
  }
}

/** Whether an error is a response that the route declares; then `status` tells which `body` it has. */
export function isErrorOf<Args, Responses>(
  route: Route<Args, Responses>,
  error: unknown,
): error is RouteError & ErrorAnswer<Responses> {
  return (
    error instanceof RouteError && error.declared && error.route === route.name
  );
}

/**
 * Calls a route: what is sent is checked and encoded, what comes back is checked.
 *
 * @throws {RouteError} for a status that is no success
 * @throws {MismatchError} for a value that does not fit, before anything is sent, or in the response
 */
export async function call<Args, Responses>(
  route: Route<Args, Responses>,
  ...given: CallArguments<Args>
): Promise<Answer<Responses>> {
  return callerOf(route, ...given)();
}

/** A call that is made later, perhaps more than once, and with more options: what libraries for queries ask for. */
export function callerOf<Args, Responses>(
  route: Route<Args, Responses>,
  ...[args, options]: CallArguments<Args>
): (more?: CallOptions) => Promise<Answer<Responses>> {
  return async (more) => sent(route, args ?? {}, [options, more]);
}

/**
 * `call` and `callerOf` with the options of an application. Those of a call are added to them: of two that say the same, the later
 * one holds; headers and what is in `init` are told apart by name.
 */
export function withDefaults(defaults: CallOptions): {
  readonly call: typeof call;
  readonly callerOf: typeof callerOf;
} {
  return {
    call: (route, ...[args, options]) =>
      sent(route, args ?? {}, [defaults, options]),
    callerOf:
      (route, ...[args, options]) =>
      async (more) =>
        sent(route, args ?? {}, [defaults, options, more]),
  };
}

/** The `Request` of a call, for a client of your own. */
export function requestOf<Args, Responses>(
  route: Route<Args, Responses>,
  ...[args, options = {}]: CallArguments<Args, RequestOptions>
): { url: string; init: RequestInit } {
  const request = prepared(route, args ?? {});
  const headers = new Headers(options.init?.headers);
  addOwn(headers, options.headers);
  return completed(request, options, headers);
}

/** What `answerOf` resolves to for a route. */
export type AnswerOf<One> =
  One extends Route<infer _, infer Responses> ? Answer<Responses> : never;

/** What `call` makes of a response, for one that a client of your own has. It throws as `call` does. */
export async function answerOf<
  One extends { readonly name: string; readonly responses: object },
>(route: One, response: Response): Promise<AnswerOf<One>> {
  const declared = responseOf(route.responses, response.status);
  const { read, schema } = declared ?? UNDECLARED;
  if (!response.ok) {
    const body = await read(response, schema);
    throw new RouteError(route.name, response, body, declared !== undefined);
  }
  if (declared === undefined) {
    const what = `the response of ${route.name}`;
    const message = `the status ${response.status} is not declared`;
    throw new MismatchError(what, [{ message }], response);
  }
  // The validator of this status made it.
  return (await read(response, schema)) as AnswerOf<One>;
}

type AnyRoute = {
  readonly name: string;
  readonly method: string;
  readonly path: string;
  readonly parameters: { readonly [part: string]: Validator<unknown> };
  readonly body?: RequestBody<never>;
};

type AnyResponse = {
  readonly schema?: Validator<unknown>;
  readonly read: (
    response: Response,
    schema: Validator<unknown> | undefined,
  ) => Promise<unknown>;
};

const UNDECLARED: AnyResponse = { read: readAnything };

// --- What is sent -----------------------------------------------------------------------------------------------------

/** Sends a request under options of which the later ones hold. */
async function sent<Args, Responses>(
  route: Route<Args, Responses>,
  args: object,
  layers: ReadonlyArray<CallOptions | undefined>,
): Promise<Answer<Responses>> {
  const request = prepared(route, args);
  const headers = new Headers();
  let all: CallOptions = {};
  for (const layer of layers) {
    if (layer === undefined) continue;
    const { headers: own, init } = layer;
    addOwn(headers, init?.headers);
    addOwn(headers, typeof own === "function" ? await own() : own);
    all = {
      baseUrl: layer.baseUrl ?? all.baseUrl,
      signal: layer.signal === undefined ? all.signal : layer.signal,
      fetch: layer.fetch ?? all.fetch,
      init: { ...all.init, ...init },
    };
  }
  const { url, init } = completed(request, all, headers);
  return answerOf(route, await (all.fetch ?? fetch)(url, init));
}

/** What a route and its arguments alone say of a request. */
interface Prepared {
  readonly path: string;
  readonly method: string;
  readonly headers: Headers;
  readonly body: BodyInit | undefined;
}

function completed(
  { path, method, headers: own, body }: Prepared,
  options: Omit<CallOptions, "headers">,
  headers: Headers,
): { url: string; init: RequestInit } {
  own.forEach((value, name) => headers.set(name, value));
  // What is said for all requests would be wrong here: `fetch` says how the parts are told apart.
  if (body instanceof FormData) headers.delete("content-type");
  const init: RequestInit = { ...options.init, method, headers };
  if (options.signal != null) init.signal = options.signal;
  if (body !== undefined) init.body = body;
  const base = (options.baseUrl ?? "").replace(/\/+$/, "");
  return { url: `${base}${path}`, init };
}

function addOwn(headers: Headers, given: CallHeaders | undefined): void {
  if (given === undefined) return;
  if (Symbol.iterator in given) {
    new Headers(given).forEach((value, name) => headers.set(name, value));
    return;
  }
  for (const [name, value] of Object.entries(given)) {
    if (value === null) headers.delete(name);
    else if (value !== undefined) headers.set(name, String(value));
  }
}

function prepared(route: AnyRoute, args: object): Prepared {
  const parts = new Map(Object.entries(args));
  const values = new Map<string, TextValues>();
  for (const [part, schema] of Object.entries(route.parameters)) {
    const value = validated(
      schema,
      parts.get(part) ?? {},
      `${part} of ${route.name}`,
    );
    values.set(part, value as TextValues);
  }
  const headers = new Headers();
  addHeaders(headers, values.get("headers") ?? {});
  addCookies(headers, values.get("cookies") ?? {});
  const given = parts.get("body");
  let body: BodyInit | undefined;
  if (
    route.body !== undefined &&
    (given !== undefined || route.body.required)
  ) {
    const written = route.body.write(given, route.body);
    body = written.body;
    for (const [name, value] of Object.entries(written.headers)) {
      headers.set(name, value);
    }
  }
  const path = filledIn(route.path, values.get("path") ?? {});
  const query = queryOf(values.get("query") ?? {});
  return {
    path: `${path}${query && `?${query}`}`,
    method: route.method,
    headers,
    body,
  };
}

function responseOf(
  responses: object,
  status: number,
): AnyResponse | undefined {
  const declared = new Map<string, AnyResponse>(Object.entries(responses));
  return (
    declared.get(String(status)) ??
    declared.get(`${Math.floor(status / 100)}XX`) ??
    (status >= 400 ? declared.get("default") : undefined)
  );
}

/** What a schema makes of a value. */
export function validated<T>(
  schema: Validator<T>,
  value: unknown,
  what: string,
  response?: Response,
): T {
  const result = schema["~standard"].validate(value);
  if (result instanceof Promise) throw new TypeError("an asynchronous schema");
  if (result.issues !== undefined) {
    throw new MismatchError(what, result.issues, response);
  }
  return result.value;
}

// --- What is sent as text ---------------------------------------------------------------------------------------------

/** A scalar as FastAPI reads it, `undefined` for none. */
export function textOf(value: unknown, name: string): string | undefined {
  if (value === null || value === undefined) return undefined;
  if (typeof value === "boolean") return String(value);
  if (typeof value === "number" && Number.isFinite(value)) {
    if (Object.is(value, -0)) return "-0";
    return Number.isInteger(value) ? BigInt(value).toString() : String(value);
  }
  if (typeof value !== "string") {
    throw unsendable(name, "is neither text nor a number or boolean");
  }
  if (/[\ud800-\udfff]/u.test(value)) {
    throw unsendable(name, "has half of a surrogate pair");
  }
  return value;
}

/** The texts of a parameter: those of a list's items, or one. */
export function textsOf(value: unknown, name: string): string[] {
  const values: readonly unknown[] = Array.isArray(value) ? value : [value];
  return values
    .map((item) => textOf(item, name))
    .filter((text) => text !== undefined);
}

export function unsendable(name: string, why: string): MismatchError {
  return new MismatchError("the request", [{ message: why, path: [name] }]);
}

function queryOf(values: TextValues): string {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(values)) {
    for (const text of textsOf(value, name)) query.append(name, text);
  }
  return query.toString();
}

/** What a template of Starlette's has in braces: a name, and perhaps a convertor. */
const PARAMETER = /(\{[a-zA-Z_]\w*(?::[a-zA-Z_]\w*)?\})/;

function filledIn(template: string, values: TextValues): string {
  const given = new Map(Object.entries(values));
  const path = template
    .split(PARAMETER)
    .map((part, index) => {
      if (index % 2 === 0) {
        return encodeURI(part).replace(/[?#]/g, encodeURIComponent);
      }
      const [name = "", convertor] = part.slice(1, -1).split(":");
      const text = textOf(given.get(name), name) ?? "";
      const segments = convertor === "path" ? text.split("/") : [text];
      if (convertor !== "path" && (text === "" || text.includes("/"))) {
        throw unsendable(name, "is empty or has a slash, so no path has it");
      }
      return segments.map(encodeURIComponent).join("/");
    })
    .join("");
  if (/(?:^|\/)\.\.?(?:\/|$)/.test(path)) {
    throw unsendable("path", "has a segment . or .., which URLs resolve");
  }
  return path;
}

function addHeaders(headers: Headers, values: TextValues): void {
  for (const [name, value] of Object.entries(values)) {
    for (const text of textsOf(value, name)) {
      if (
        !/^[\x20-\x7e\xa0-\xff\t]*$/.test(text) ||
        /^[ \t]|[ \t]$/.test(text)
      ) {
        throw unsendable(name, "has characters that no header keeps");
      }
      headers.set(name, text);
    }
  }
}

/** Browsers let no page set `Cookie`: there, cookies are what the browser has for the backend. */
function addCookies(headers: Headers, values: TextValues): void {
  const cookies: string[] = [];
  for (const [name, value] of Object.entries(values)) {
    for (const text of textsOf(value, name)) {
      if (/[^\x00-\xff]/.test(text)) {
        throw unsendable(name, "has characters that no cookie keeps");
      }
      cookies.push(`${name}=${cookieValue(text)}`);
    }
  }
  if (cookies.length > 0) headers.set("cookie", cookies.join("; "));
}

/** Python's `http.cookies` reads quoted values, with octal escapes. */
function cookieValue(text: string): string {
  if (/^[\w!#$%&'*+.^`|~:/?@=<>()[\]{}-]*$/.test(text)) return text;
  const escaped = text.replace(
    /[^\w !#$%&'*+.^`|~:/?@=<>()[\]{}-]/g,
    (char) => `\\${char.charCodeAt(0).toString(8).padStart(3, "0")}`,
  );
  return `"${escaped}"`;
}

// --- Bodies and responses ---------------------------------------------------------------------------------------------

export function writeJson<T>(value: unknown, body: RequestBody<T>): SentBody {
  const valid =
    body.schema === undefined
      ? value
      : validated(body.schema, value, "the body");
  return {
    body: JSON.stringify(valid),
    headers: { "content-type": body.mediaType ?? "application/json" },
  };
}

export async function readJson(
  response: Response,
  schema: Validator<unknown> | undefined,
): Promise<unknown> {
  const text = await response.text();
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new MismatchError(
      "the response",
      [{ message: "it is not JSON" }],
      response,
    );
  }
  return schema === undefined
    ? value
    : validated(schema, value, "the response", response);
}

export async function readText(response: Response): Promise<string> {
  return response.text();
}

/** Of a response that has no body, or one that says nothing. */
export async function readNothing(response: Response): Promise<undefined> {
  await response.body?.cancel();
  return undefined;
}

/** Of a response that is declared without a type: by its media type a value of JSON, text, or a `Blob`; nothing if it is empty. */
export async function readAnything(response: Response): Promise<unknown> {
  const media = response.headers.get("content-type") ?? "";
  if (/^text\/|[/+]xml/.test(media)) return response.text();
  const blob = await response.blob();
  if (blob.size === 0) return undefined;
  if (media !== "" && !media.includes("json")) return blob;
  const text = await blob.text();
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
