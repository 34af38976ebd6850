import { ORDER_MESSAGES, type OrderRule } from "./order-messages.ts";
import type {
  BlockMove,
  EventRules,
  OrderContext,
  OrderRules,
} from "./order-rules.ts";
import {
  applicableMoves,
  StreamState,
  UNKNOWN_KEY,
  type BlockPlace,
} from "./order-state.ts";
import { isSame } from "./json.ts";
import { isMissing, property } from "./objects.ts";

/** A rule that a stream breaks. `index` counts events from 0; `event` is undefined where one is missing at the end. */
export interface EventOrderViolation<Event> {
  readonly rule: OrderRule;
  readonly message: string;
  readonly hint: string;
  readonly index: number;
  readonly event: Event | undefined;
  /** The kind of block that it is about, and the block's key, where there is one. */
  readonly block: string | undefined;
  readonly key: unknown;
}

/** Checks one stream. */
export interface EventOrderChecker<Event> {
  /** The rules that the next event breaks. An event without a place counts as if it were not there, any other as if it were right. */
  push(event: Event): readonly EventOrderViolation<Event>[];
  /** Whether the event came that ends a stream. */
  readonly over: boolean;
  /** The rules that the stream breaks by ending here. */
  end(): readonly EventOrderViolation<Event>[];
}

/** A broken rule, before it is put into words. */
interface Finding extends Partial<BlockPlace> {
  readonly rule: OrderRule;
  readonly property?: string;
  readonly move?: BlockMove;
}

/** The order of a protocol's events. It is made once, and makes a checker for each stream. */
export class EventOrder<Event extends object> {
  readonly rules: OrderRules;
  /** The tags of the events that begin a stream and of those that end one, for messages. */
  readonly first: string;
  readonly last: string;
  readonly #byTag: ReadonlyMap<unknown, EventRules>;

  constructor(rules: OrderRules) {
    this.rules = rules;
    this.first = tagsOf(rules, (event) => event.first === true);
    this.last = tagsOf(rules, (event) => event.last !== undefined);
    this.#byTag = new Map(
      rules.events.flatMap((event) =>
        event.tags.map((tag) => [tag, event] as const),
      ),
    );
  }

  rulesOf(event: Event): EventRules | undefined {
    return this.#byTag.get(property(event, this.rules.tag));
  }

  /** A checker of one stream, which gets the events as they come. */
  checker(context?: OrderContext): EventOrderChecker<Event> {
    return new StreamChecker(this, context);
  }

  /** Every rule that a whole stream breaks. */
  check(
    stream: Iterable<Event>,
    context?: OrderContext,
  ): EventOrderViolation<Event>[] {
    const checker = this.checker(context);
    const violations: EventOrderViolation<Event>[] = [];
    for (const event of stream) violations.push(...checker.push(event));
    return [...violations, ...checker.end()];
  }
}

class StreamChecker<Event extends object> implements EventOrderChecker<Event> {
  readonly #order: EventOrder<Event>;
  readonly #state: StreamState;
  readonly #isIncomplete: boolean;
  readonly #isContinuation: boolean;
  #index = -1;

  constructor(order: EventOrder<Event>, context?: OrderContext) {
    this.#order = order;
    this.#state = new StreamState(order.rules, context);
    this.#isIncomplete = context?.incomplete === true;
    this.#isContinuation = context !== undefined && !this.#isIncomplete;
  }

  push(event: Event): readonly EventOrderViolation<Event>[] {
    this.#index += 1;
    const rules = this.#order.rulesOf(event);
    const findings = this.#findings(event, rules);
    if (!findings.some(isWithoutPlace)) this.#state.apply(event, rules);
    return findings.map((finding) => this.#violation(finding, event));
  }

  get over(): boolean {
    return this.#state.over;
  }

  end(): readonly EventOrderViolation<Event>[] {
    this.#index += 1;
    if (this.#state.over) return [];
    const findings: Finding[] =
      this.#order.last === "" ? this.#unfinished() : [{ rule: "no-end" }];
    return findings.map((finding) => this.#violation(finding, undefined));
  }

  /** The rules that an event breaks. One without a place breaks nothing else. */
  #findings(event: Event, rules: EventRules | undefined): Finding[] {
    const state = this.#state;
    if (state.over) return [{ rule: "after-end" }];
    const findings: Finding[] = [];
    if (this.#order.first !== "" && !state.started && rules?.first !== true) {
      findings.push({ rule: "not-first" });
    }
    if (rules === undefined) return findings;
    if (rules.first === true && state.started) {
      return [...findings, { rule: "first-again" }];
    }
    if (rules.once === true && state.hasSeen(rules)) {
      return [...findings, { rule: "once" }];
    }
    findings.push(...this.#surroundings(event, rules));
    for (const move of applicableMoves(event, rules)) {
      const broken = this.#moveFindings(event, move);
      findings.push(...broken);
      const last = broken[broken.length - 1];
      if (last !== undefined && isWithoutPlace(last)) return findings;
    }
    for (const { block, continuing } of rules.after ?? []) {
      const kind = state.kind(block);
      if ((this.#isContinuation || continuing !== true) && !kind.opened) {
        findings.push({ rule: "after", kind });
      }
    }
    if (rules.last === "ends") findings.push(...this.#unfinished());
    return findings;
  }

  #surroundings(event: Event, rules: EventRules): Finding[] {
    const findings: Finding[] = [];
    const { fixed } = this.#state;
    for (const name of rules.fixed ?? []) {
      const value = property(event, name);
      if (isMissing(value) || !fixed.has(name)) continue;
      if (!isSame(fixed.get(name), value)) {
        findings.push({ rule: "fixed", property: name });
      }
    }
    for (const name of rules.inside ?? []) {
      const kind = this.#state.kind(name);
      if (kind.open.size === 0) findings.push({ rule: "inside", kind });
    }
    for (const name of rules.outside ?? []) {
      const kind = this.#state.kind(name);
      if (kind.open.size > 0) findings.push({ rule: "outside", kind });
    }
    return findings;
  }

  #moveFindings(event: Event, move: BlockMove): Finding[] {
    const place = this.#state.find(event, move);
    const { kind, state } = place;
    if (!move.before.includes(state)) {
      const isEarlier =
        this.#isIncomplete &&
        (mayBeEarlier(move, place) || mayBeShortened(move, state));
      return isEarlier ? [] : [wrongState(event, move, place)];
    }
    if (state !== "absent") {
      const changed = changedProperties(event, move, place);
      return [...changed, ...this.#endFindings(event, move, place)];
    }
    const twin = this.#state.twin(kind, place.key);
    if (twin !== undefined) {
      const { key } = place;
      const taken = { kind: twin, key, state: twin.state(key) };
      return [{ rule: "already-open", ...taken, move }];
    }
    const around = this.#state.around(kind);
    const outside: Finding[] =
      around?.open.size === 0 ? [{ rule: "inside", kind: around }] : [];
    return [...outside, ...this.#endFindings(event, move, place)];
  }

  /** What a move breaks by where it goes: it takes another block's alias, or leaves open what is inside. */
  #endFindings(event: Event, move: BlockMove, place: BlockPlace): Finding[] {
    const findings: Finding[] = [];
    const { kind, key } = place;
    if (move.alias !== undefined && move.key !== undefined) {
      const alias = property(event, move.alias);
      const isTaken = kind.keys.has(alias) && kind.keys.get(alias) !== key;
      if (!isMissing(alias) && isTaken) {
        findings.push({ rule: "alias", ...place, property: move.alias, move });
      }
    }
    // What a page joins may give back a message in which a block was cut off, in a step that was closed.
    if (move.after === "closed" && !this.#isIncomplete) {
      findings.push(...this.#state.inner(kind).map(leftOpen));
    }
    return findings;
  }

  #unfinished(): Finding[] {
    return this.#state.unfinished().map(leftOpen);
  }

  #violation(
    finding: Finding,
    event: Event | undefined,
  ): EventOrderViolation<Event> {
    const { message, hint } = ORDER_MESSAGES[finding.rule];
    const facts = factsOf(finding, event, this.#order);
    return {
      rule: finding.rule,
      message: filled(message, facts),
      hint: filled(hint, facts),
      index: this.#index,
      event,
      block: finding.kind?.rules.name,
      key: finding.key,
    };
  }
}

function isWithoutPlace({ rule }: Finding): boolean {
  return ORDER_MESSAGES[rule].ignored;
}

function leftOpen(place: BlockPlace): Finding {
  return { rule: "left-open", ...place };
}

/** Whether the block of a move may be one from before a stream about whose past little is known. */
function mayBeEarlier(move: BlockMove, { kind, state }: BlockPlace): boolean {
  const states = kind.rules.states;
  return (
    state === "absent" && move.before.some((name) => states[name] === "any")
  );
}

/**
 * Whether a move may come in an open block's state though it does not belong there: a server that gives back what came before leaves
 * out what would have effects again.
 */
function mayBeShortened({ before }: BlockMove, state: string): boolean {
  const isOpen = state !== "absent" && state !== "closed";
  return isOpen && !before.includes("absent");
}

function wrongState(
  event: object,
  move: BlockMove,
  place: BlockPlace,
): Finding {
  if (place.key === UNKNOWN_KEY) {
    return {
      rule: "not-open",
      ...place,
      key: property(event, move.alias ?? ""),
      move,
    };
  }
  if (place.state === "absent") return { rule: "not-open", ...place, move };
  if (place.state === "closed") return { rule: "used-before", ...place, move };
  const opens = move.before.length === 1 && move.before[0] === "absent";
  return { rule: opens ? "already-open" : "wrong-state", ...place, move };
}

function changedProperties(
  event: object,
  move: BlockMove,
  place: BlockPlace,
): Finding[] {
  const same = place.kind.instances.get(place.key)?.same;
  return (move.same ?? [])
    .filter((name) => !isSame(property(event, name), same?.get(name)))
    .map((name) => ({ rule: "same", ...place, property: name, move }));
}

// --- Messages ---------------------------------------------------------------------------------------------------------

function factsOf<Event extends object>(
  finding: Finding,
  event: Event | undefined,
  order: EventOrder<Event>,
): ReadonlyMap<string, string> {
  const kind = finding.kind?.rules.name ?? "block";
  const key = isMissing(finding.key) ? "" : ` ${JSON.stringify(finding.key)}`;
  const tag = event && property(event, order.rules.tag);
  return new Map([
    ["event", event === undefined ? "the end of the stream" : String(tag)],
    ["block", `${kind}${key}`],
    ["kind", kind],
    ["state", finding.state ?? "absent"],
    ["states", finding.move?.before.join(" or ") ?? ""],
    ["field", finding.property ?? ""],
    ["first", order.first],
    ["last", order.last],
  ]);
}

function filled(template: string, facts: ReadonlyMap<string, string>): string {
  return template.replace(
    /\{(\w+)\}/g,
    (_, name: string) => facts.get(name) ?? "",
  );
}

function tagsOf(
  { events }: OrderRules,
  predicate: (event: EventRules) => boolean,
): string {
  const tags = events.filter(predicate).flatMap((event) => event.tags);
  return tags.sort().join(" or ");
}
