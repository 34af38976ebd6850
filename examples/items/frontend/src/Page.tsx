import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import * as api from "./generated/routes.ts";
import { call } from "./generated/runtime/call.ts";
import { Kind, type FilterQuery } from "./generated/types.ts";
import { ItemRow } from "./ItemRow.tsx";
import { NewItemForm } from "./NewItemForm.tsx";
import { queryOf, useChanges } from "./queries.ts";

export function Page() {
  const [wanted, setWanted] = useState<FilterQuery>({});
  const [news, setNews] = useState("");
  const items = useQuery(queryOf(api.listItems, { query: wanted }));
  useChanges(setNews);
  return (
    <main>
      <header>
        <h1>Items to lend</h1>
        <Greeting />
      </header>
      <NewItemForm />
      <Filter wanted={wanted} onChange={setWanted} />
      {items.error && <p role="alert">{items.error.message}</p>}
      <ul className="items">
        {items.data?.map((item) => (
          <ItemRow key={item.id} item={item} />
        ))}
      </ul>
      <p role="status">{news}</p>
    </main>
  );
}

function Filter(props: {
  wanted: FilterQuery;
  onChange: (wanted: FilterQuery) => void;
}) {
  const { wanted, onChange } = props;
  const kinds = wanted.kind ?? [];
  return (
    <form className="filter" aria-label="Filter">
      <input
        type="search"
        aria-label="Name"
        placeholder="Name"
        onChange={(event) => onChange({ ...wanted, text: event.target.value })}
      />
      {Object.values(Kind).map((kind) => (
        <label key={kind}>
          <input
            type="checkbox"
            checked={kinds.includes(kind)}
            onChange={(event) => {
              const others = kinds.filter((each) => each !== kind);
              const kept = event.target.checked ? [...others, kind] : others;
              onChange({ ...wanted, kind: kept });
            }}
          />
          {kind}
        </label>
      ))}
      <label>
        since
        <input
          type="date"
          onChange={(event) => {
            const since = event.target.valueAsDate ?? undefined;
            onChange({ ...wanted, bought_since: since });
          }}
        />
      </label>
    </form>
  );
}

function Greeting() {
  const client = useQueryClient();
  const greeting = useQuery(queryOf(api.greet));
  const signIn = useMutation({
    mutationFn: (name: string) => call(api.signIn, { body: { name } }),
    onSuccess: () => client.invalidateQueries({ queryKey: [api.greet.name] }),
  });
  return (
    <form
      action={(data) => {
        const name = data.get("name");
        if (typeof name === "string") signIn.mutate(name);
      }}
    >
      <p>{greeting.data}</p>
      <input name="name" aria-label="Your name" placeholder="Your name" />
      <button>Sign in</button>
      {signIn.error && <p role="alert">{signIn.error.message}</p>}
    </form>
  );
}
