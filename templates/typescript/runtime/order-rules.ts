/** What ends a block at the latest: the block around it, the end of the stream, or nothing. */
export type BlockLifetime = "scope" | "end" | "any";

/** Something that events open, continue and close. `inside` and `keys` name another block and a key space. */
export interface BlockRules {
  readonly name: string;
  readonly inside?: string;
  readonly keys?: string;
  /** A key is not used again after its block was closed. */
  readonly once?: true;
  /** The states between absent and closed. */
  readonly states: Readonly<Record<string, BlockLifetime>>;
}

/**
 * An event takes a block from one of the states `before` to `after`, if its properties have the values of `when`.
 *
 * `key` and `alias` are properties that name the block; without a key the alias alone does.
 */
export interface BlockMove {
  readonly block: string;
  readonly key?: string;
  readonly alias?: string;
  readonly before: readonly string[];
  readonly after: string;
  readonly when?: Readonly<Record<string, unknown>>;
  /** Properties that keep the value of the event that opened the block. */
  readonly same?: readonly string[];
  /** Forgets every block that was opened inside this one. */
  readonly resets?: true;
}

/** The rules of the events whose tag has one of the values `tags`. Events that no entry names have no rules. */
export interface EventRules {
  readonly tags: readonly string[];
  readonly first?: true;
  readonly last?: "ends" | "interrupts";
  readonly once?: true;
  readonly fixed?: readonly string[];
  readonly inside?: readonly string[];
  readonly outside?: readonly string[];
  readonly after?: readonly {
    readonly block: string;
    readonly continuing?: true;
  }[];
  readonly moves?: readonly BlockMove[];
}

/** The order of a protocol's events, which the property `tag` tells apart. */
export interface OrderRules {
  readonly tag: string;
  readonly blocks: readonly BlockRules[];
  readonly events: readonly EventRules[];
}

/** A block from before the stream: its state, the properties that may not change, and its alias. */
export interface KnownBlock {
  readonly state: string;
  readonly same?: Readonly<Record<string, unknown>>;
  readonly alias?: unknown;
}

/**
 * What a stream continues: values of properties that are fixed, and blocks by their kind and key.
 *
 * `incomplete`: the stream may continue more than is listed here, as where a page joins it and does not know what came before.
 * `begun`: its first event has come already, as where a page goes on after its `Last-Event-ID`.
 */
export interface OrderContext {
  readonly fixed?: Readonly<Record<string, unknown>>;
  readonly blocks?: Readonly<Record<string, ReadonlyMap<unknown, KnownBlock>>>;
  readonly incomplete?: boolean;
  readonly begun?: boolean;
}
