import {
  textsOf,
  unsendable,
  validated,
  type RequestBody,
  type SentBody,
} from "./call.ts";

/** The fields of a form: those that are text, and those that are files. */
export type FormBody<Texts, Files> = Texts & Files;

/** A form without files. */
export function writeForm<T>(value: unknown, body: RequestBody<T>): SentBody {
  const form = new URLSearchParams();
  for (const [name, text] of texts(value, body)) form.append(name, text);
  return {
    body: form,
    headers: { "content-type": "application/x-www-form-urlencoded" },
  };
}

/** A form that may have files. What says where its parts end is added by `fetch`. */
export function writeMultipart<T>(
  value: unknown,
  body: RequestBody<T>,
): SentBody {
  const form = new FormData();
  for (const [name, text] of texts(value, body)) form.append(name, text);
  const fields = new Map(Object.entries(value ?? {}));
  for (const [name, { required, many }] of Object.entries(body.files ?? {})) {
    for (const file of filesOf(fields.get(name), name, required, many)) {
      form.append(name, file);
    }
  }
  return { body: form, headers: {} };
}

function texts<T>(value: unknown, body: RequestBody<T>): [string, string][] {
  const files = new Set(Object.keys(body.files ?? {}));
  const given = Object.entries(value ?? {}).filter(
    ([name]) => !files.has(name),
  );
  const fields = Object.fromEntries(given);
  const valid =
    body.schema === undefined
      ? fields
      : validated(body.schema, fields, "the form");
  return Object.entries(valid ?? {}).flatMap(([name, field]) =>
    textsOf(field, name).map((text): [string, string] => {
      if (text === "" && !Array.isArray(field)) {
        throw unsendable(name, "is empty, which FastAPI reads as left off");
      }
      return [name, text];
    }),
  );
}

function filesOf(
  value: unknown,
  name: string,
  required: boolean,
  many: boolean,
): Blob[] {
  const values: readonly unknown[] = Array.isArray(value)
    ? value
    : value === undefined || value === null
      ? []
      : [value];
  if (required && values.length === 0) throw unsendable(name, "is missing");
  if (!many && values.length > 1) throw unsendable(name, "is one file");
  return values.map((file) => {
    if (file instanceof Blob) return file;
    throw unsendable(name, "is no Blob or File");
  });
}
