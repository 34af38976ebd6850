import { useMutation } from "@tanstack/react-query";
import * as api from "./generated/routes.ts";
import { call, isErrorOf, MismatchError } from "./generated/runtime/call.ts";
import { issuesFrom422 } from "./generated/runtime/call-problem.ts";
import { Kind, type NewItem } from "./generated/types.ts";

const FIELDS = ["name", "kind", "deposit", "bought_at"] as const;

export function NewItemForm() {
  const create = useMutation({
    mutationFn: (body: NewItem) => call(api.createItem, { body }),
  });
  const problems = problemsOf(create.error);
  return (
    <form
      className="new"
      aria-label="New item"
      action={(data) => {
        const text = (name: string) => String(data.get(name) ?? "");
        create.mutate({
          name: text("name"),
          kind:
            Object.values(Kind).find((kind) => kind === text("kind")) ?? "book",
          deposit: text("deposit"),
          bought_at: new Date(text("bought_at")),
        });
      }}
    >
      <label>
        Name <input name="name" />
      </label>
      <label>
        Kind
        <select name="kind">
          {Object.values(Kind).map((kind) => (
            <option key={kind}>{kind}</option>
          ))}
        </select>
      </label>
      <label>
        Deposit <input name="deposit" defaultValue="10.00" />
      </label>
      <label>
        Bought <input name="bought_at" type="datetime-local" required />
      </label>
      <button>Add</button>
      {FIELDS.map((field) =>
        problems
          .filter(({ at }) => at === field)
          .map(({ message }) => (
            <p key={field + message} role="alert">
              {field}: {message}
            </p>
          )),
      )}
      {problems
        .filter(({ at }) => at === "")
        .map(({ message }) => (
          <p key={message} role="alert">
            {message}
          </p>
        ))}
    </form>
  );
}

/** What is wrong with a new item: found before it was sent, or by the backend. */
function problemsOf(error: Error | null): { at: string; message: string }[] {
  if (error === null) return [];
  if (error instanceof MismatchError) {
    return error.issues.map(({ path, message }) => ({
      at: (path ?? []).map(String).join("."),
      message,
    }));
  }
  if (!isErrorOf(api.createItem, error))
    return [{ at: "", message: error.message }];
  if (error.status === 409)
    return [{ at: "name", message: error.body.message }];
  return issuesFrom422(error.body.detail, "body").map(({ path, message }) => ({
    at: path.join("."),
    message,
  }));
}
