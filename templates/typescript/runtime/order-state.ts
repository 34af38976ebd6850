import type {
  BlockMove,
  BlockRules,
  EventRules,
  KnownBlock,
  OrderContext,
  OrderRules,
} from "./order-rules.ts";
import { isSame } from "./json.ts";
import { isMissing, property } from "./objects.ts";

/** A block that was opened. `scope` numbers the block around it; `same` has the properties that may not change. */
export interface BlockInstance {
  state: string;
  readonly scope: number;
  same: ReadonlyMap<string, unknown>;
  aliases: readonly unknown[];
}

/** A block that a move is about: its kind, key and state. */
export interface BlockPlace {
  readonly kind: BlockKind;
  readonly key: unknown;
  readonly state: string;
}

/** The key of a move that names a block by an alias that no block has. */
export const UNKNOWN_KEY: unique symbol = Symbol("no block has this alias");

/** The blocks of one kind, by key. `unfinished` are the keys of those that have to leave their state before the stream ends. */
export class BlockKind {
  readonly rules: BlockRules;
  readonly instances: Map<unknown, BlockInstance> = new Map();
  readonly open: Set<unknown> = new Set();
  readonly unfinished: Set<unknown> = new Set();
  readonly keys: Map<unknown, unknown> = new Map();
  /** Whether the stream opened one, and the number of the latest. */
  opened = false;
  scope = 0;

  constructor(rules: BlockRules) {
    this.rules = rules;
  }

  get keySpace(): string {
    return this.rules.keys ?? this.rules.name;
  }

  state(key: unknown): string {
    return this.instances.get(key)?.state ?? "absent";
  }

  /** Adds a block from before the stream. */
  addKnown(key: unknown, { state, same = {}, alias }: KnownBlock): void {
    const isKept = state !== "closed" || this.rules.once === true;
    const isNamed = !isMissing(alias) && isKept;
    this.instances.set(key, {
      state: "absent",
      scope: 0,
      same: new Map(Object.entries(same)),
      aliases: isNamed ? [alias] : [],
    });
    this.move(key, state);
    if (isNamed) this.keys.set(alias, key);
  }

  /** Takes the block to another state. A closed one is kept, with its aliases, only if its key may not be used again. */
  move(key: unknown, state: string): void {
    const instance = this.instances.get(key);
    if (instance === undefined) return;
    instance.state = state;
    if (state === "closed") {
      this.open.delete(key);
      this.unfinished.delete(key);
      instance.same = new Map();
      if (this.rules.once !== true) this.#drop(key);
      return;
    }
    this.open.add(key);
    if (this.rules.states[state] === "any") this.unfinished.delete(key);
    else this.unfinished.add(key);
  }

  name(key: unknown, alias: unknown): void {
    const instance = this.instances.get(key);
    if (instance === undefined || isMissing(alias) || this.keys.has(alias)) {
      return;
    }
    this.keys.set(alias, key);
    instance.aliases = [...instance.aliases, alias];
  }

  forget(key: unknown): void {
    this.move(key, "closed");
    this.#drop(key);
  }

  #drop(key: unknown): void {
    const aliases = this.instances.get(key)?.aliases ?? [];
    for (const alias of aliases) this.keys.delete(alias);
    this.instances.delete(key);
  }
}

/** What one stream has opened, and the values that it has fixed. */
export class StreamState {
  readonly kinds: ReadonlyMap<string, BlockKind>;
  readonly fixed: Map<string, unknown>;
  readonly #seen: Set<EventRules> = new Set();
  started: boolean;
  over = false;
  #scopes = 0;

  constructor(rules: OrderRules, context: OrderContext = {}) {
    this.kinds = new Map(
      rules.blocks.map((block) => [block.name, new BlockKind(block)]),
    );
    this.fixed = new Map(Object.entries(context.fixed ?? {}));
    this.started = context.begun === true;
    for (const [name, known] of Object.entries(context.blocks ?? {})) {
      for (const [key, block] of known) this.kind(name).addKnown(key, block);
    }
  }

  kind(name: string): BlockKind {
    const kind = this.kinds.get(name);
    if (kind === undefined) throw new RangeError(`no block is called ${name}`);
    return kind;
  }

  around(kind: BlockKind): BlockKind | undefined {
    const { inside } = kind.rules;
    return inside === undefined ? undefined : this.kind(inside);
  }

  depth(kind: BlockKind): number {
    const around = this.around(kind);
    return around === undefined ? 0 : 1 + this.depth(around);
  }

  /** Whether an event of these rules was counted. */
  hasSeen(rules: EventRules): boolean {
    return this.#seen.has(rules);
  }

  find(event: object, move: BlockMove): BlockPlace {
    const kind = this.kind(move.block);
    let key: unknown = null;
    if (move.key !== undefined) {
      key = property(event, move.key) ?? null;
    } else if (move.alias !== undefined) {
      const alias = property(event, move.alias);
      key = kind.keys.has(alias) ? kind.keys.get(alias) : UNKNOWN_KEY;
    }
    return { kind, key, state: kind.state(key) };
  }

  /** Another kind of block with this key in the same key space. */
  twin(kind: BlockKind, key: unknown): BlockKind | undefined {
    if (kind.rules.keys === undefined) return undefined;
    for (const other of this.kinds.values()) {
      const shared = other !== kind && other.keySpace === kind.keySpace;
      if (shared && other.instances.has(key)) return other;
    }
    return undefined;
  }

  /** What is open inside the open block of a kind and may not outlive it. */
  inner(around: BlockKind): BlockPlace[] {
    const places: BlockPlace[] = [];
    for (const kind of this.kinds.values()) {
      if (kind.rules.inside !== around.rules.name) continue;
      for (const key of kind.unfinished) {
        const instance = kind.instances.get(key);
        if (instance?.scope !== around.scope) continue;
        const { state } = instance;
        if (kind.rules.states[state] === "scope") {
          places.push({ kind, key, state });
        }
      }
    }
    return places;
  }

  /** What has to be closed before the stream ends, inner blocks first. */
  unfinished(): BlockPlace[] {
    const places: BlockPlace[] = [];
    for (const kind of this.kinds.values()) {
      for (const key of kind.unfinished) {
        places.push({ kind, key, state: kind.state(key) });
      }
    }
    return places.sort((a, b) => this.depth(b.kind) - this.depth(a.kind));
  }

  /** Counts an event. */
  apply(event: object, rules: EventRules | undefined): void {
    this.started = true;
    if (rules === undefined) return;
    this.#seen.add(rules);
    for (const name of rules.fixed ?? []) {
      const value = property(event, name);
      if (!isMissing(value) && !this.fixed.has(name)) {
        this.fixed.set(name, value);
      }
    }
    for (const move of applicableMoves(event, rules)) this.#move(event, move);
    if (rules.last !== undefined) this.over = true;
  }

  #move(event: object, move: BlockMove): void {
    const { kind, key, state } = this.find(event, move);
    if (key === UNKNOWN_KEY) return;
    if (move.resets === true) {
      this.#reset(kind);
      return;
    }
    if (state === "absent") this.#open(event, move, kind, key);
    if (move.after === "closed") {
      for (const inner of this.inner(kind))
        inner.kind.move(inner.key, "closed");
    }
    kind.move(key, move.after);
    const { alias } = move;
    if (
      move.key !== undefined &&
      alias !== undefined &&
      move.after !== "closed"
    ) {
      kind.name(key, property(event, alias));
    }
  }

  #open(event: object, move: BlockMove, kind: BlockKind, key: unknown): void {
    this.#scopes += 1;
    kind.opened = true;
    kind.scope = this.#scopes;
    const around = this.around(kind);
    const isInside = around !== undefined && around.open.size > 0;
    kind.instances.set(key, {
      state: "absent",
      scope: isInside ? around.scope : 0,
      same: new Map(
        (move.same ?? []).map((name) => [name, property(event, name)]),
      ),
      aliases: [],
    });
  }

  #reset(around: BlockKind): void {
    for (const kind of this.kinds.values()) {
      if (kind.rules.inside !== around.rules.name) continue;
      for (const [key, { scope }] of [...kind.instances]) {
        if (scope === around.scope) kind.forget(key);
      }
    }
  }
}

/** Of each block the first move that applies to the event. */
export function applicableMoves(event: object, rules: EventRules): BlockMove[] {
  const moved = new Set<string>();
  return (rules.moves ?? []).filter((move) => {
    const applies = Object.entries(move.when ?? {}).every(([name, value]) =>
      isSame(property(event, name), value),
    );
    if (!applies || moved.has(move.block)) return false;
    moved.add(move.block);
    return true;
  });
}
