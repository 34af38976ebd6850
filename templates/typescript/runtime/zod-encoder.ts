import { safeEncode, type $ZodType } from "zod/v4/core";
import type { Validator } from "./call.ts";

/** What checks the values of a schema and encodes them, where the schema decodes their JSON. */
export function encoderOf<T>(schema: $ZodType<T, unknown>): Validator<T> {
  return {
    "~standard": {
      validate: (value) => {
        const result = safeEncode(schema, value as T);
        return result.success
          ? { value: result.data as T }
          : { issues: result.error.issues };
      },
    },
  };
}
