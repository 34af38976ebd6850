import { useMutation } from "@tanstack/react-query";
import * as api from "./generated/routes.ts";
import { call, isErrorOf } from "./generated/runtime/call.ts";
import type { Item } from "./generated/types.ts";

const DAY = 24 * 60 * 60 * 1000;
const format = new Intl.DateTimeFormat("en-GB", {
  dateStyle: "medium",
  timeStyle: "short",
});

export function ItemRow({ item }: { item: Item }) {
  const path = { item_id: item.id };
  const lend = useMutation({
    mutationFn: (days: number) =>
      call(api.lendItem, {
        path,
        body: { until: new Date(item.bought_at.getTime() + days * DAY) },
      }),
  });
  const photograph = useMutation({
    mutationFn: (photo: File) =>
      call(api.putPhoto, { path, body: { photo, media_type: "image/png" } }),
  });
  const remove = useMutation({
    mutationFn: () => call(api.removeItem, { path }),
  });
  return (
    <li>
      {item.photo && <img src={item.photo} alt={`Photo of ${item.name}`} />}
      <b>{item.name}</b>
      <span>{item.kind}</span>
      <span>{item.deposit} €</span>
      <span>
        bought{" "}
        <time dateTime={item.bought_at.toISOString()}>
          {format.format(item.bought_at)}
        </time>
      </span>
      {item.lent_until && (
        <span>
          lent until{" "}
          <time dateTime={item.lent_until.toISOString()}>
            {format.format(item.lent_until)}
          </time>
        </span>
      )}
      <button onClick={() => lend.mutate(14)}>Lend for 14 days</button>
      <button onClick={() => lend.mutate(7)}>Lend for 7 days</button>
      <label>
        Photo
        <input
          type="file"
          accept="image/png"
          onChange={({ target }) => {
            if (target.files?.[0]) photograph.mutate(target.files[0]);
          }}
        />
      </label>
      <button onClick={() => remove.mutate()}>Remove</button>
      {isErrorOf(api.lendItem, lend.error) && lend.error.status !== 422 && (
        <p role="alert">{lend.error.body.message}</p>
      )}
    </li>
  );
}
