import { queryOptions, useQueryClient } from "@tanstack/react-query";
import { useEffect } from "react";
import * as api from "./generated/routes.ts";
import {
  call,
  callerOf,
  type CallArguments,
  type Route,
} from "./generated/runtime/call.ts";

/** The query of a route. Its key is the name of the route, and what it is called with. */
export function queryOf<Args, Responses>(
  route: Route<Args, Responses>,
  ...given: CallArguments<Args>
) {
  const load = callerOf(route, ...given);
  return queryOptions({
    queryKey: [route.name, ...given],
    queryFn: ({ signal }) => load({ signal }),
  });
}

/** Keeps the lists up to date while the page is open. */
export function useChanges(onChange: (text: string) => void) {
  const client = useQueryClient();
  useEffect(() => {
    const leaving = new AbortController();
    const watch = async () => {
      const { signal } = leaving;
      for await (const change of await call(api.watchChanges, {}, { signal })) {
        onChange(
          change.type === "saved"
            ? `${change.by} saved ${change.item.name}`
            : `Item ${change.id} is gone`,
        );
        await client.invalidateQueries({ queryKey: [api.listItems.name] });
      }
    };
    watch().catch((error: unknown) => {
      if (!leaving.signal.aborted) onChange(String(error));
    });
    return () => leaving.abort();
  }, [client, onChange]);
}
