// Compiles only if the generated types of the protocol are those of `ai` 7.0.173, but for what is stated here.

import type * as theirs from "ai7";

import type * as ours from "./types.ts";

/** Whether a value of one type goes for one of the other. */
type Ways<Ours, Theirs> = [Ours] extends [Theirs]
  ? ([Theirs] extends [Ours] ? "both" : "ours for theirs")
  : [Theirs] extends [Ours] ? "theirs for ours" : "neither";

type OfType<Union, Type> = Union extends { type: infer Own } ? (Type extends Own ? Union : never) : never;

/** The kinds of which that is so. */
type Kinds<Ours, Theirs, Kind extends string, Way> = {
  [Each in Kind]: Ways<OfType<Ours, Each>, OfType<Theirs, Each>> extends Way ? Each : never;
}[Kind];

type Equal<One, Other> =
  (<T>() => T extends One ? 1 : 2) extends (<T>() => T extends Other ? 1 : 2) ? true : false;

// --- Chunks -------------------------------------------------------------------------------------------------------------

// What this backend sends goes wherever the SDK takes a chunk.
export const wholeUnion: Ways<ours.UIMessageChunk, theirs.UIMessageChunk> = "ours for theirs";

type ChunkKind = ours.UIMessageChunk["type"] | theirs.UIMessageChunk["type"];
export const sameKinds: Equal<ours.UIMessageChunk["type"], theirs.UIMessageChunk["type"]> = true;

// The other way it does not: their JSON objects may hold undefined, which JSON has not got.
type TheirObject = theirs.ProviderMetadata[string];
export const theirObjects: Equal<TheirObject, { [key: string]: theirs.JSONValue | undefined }> = true;
export const objects: Ways<ours.ToolMetadata, TheirObject> = "ours for theirs";

/** Theirs with our JSON: with it, every chunk is the same both ways. */
type OwnJson<Theirs> = Theirs extends unknown
  ? {
      [Key in keyof Theirs]: Key extends "providerMetadata" | "callProviderMetadata" | "resultProviderMetadata"
        ? ours.ProviderMetadata
        : Key extends "toolMetadata"
          ? ours.ToolMetadata
          : Key extends "citations"
            ? ours.Citation[]
            : Theirs[Key];
    }
  : never;

type TheirCitation = NonNullable<theirs.TextUIPart["citations"]>[number];
export const citations: Ways<ours.Citation, TheirCitation> = "ours for theirs";
export const citationSources: Ways<
  ours.Citation["source"],
  OwnJson<TheirCitation["source"]>
> = "both";

type Same = Kinds<ours.UIMessageChunk, OwnJson<theirs.UIMessageChunk>, ChunkKind, "both">;
export const allButOne: Equal<Same, Exclude<ChunkKind, "steering-message">> = true;

// A type goes for one with a further optional key, so the keys are compared as well.
type SameKeys = {
  [Each in ChunkKind]: Equal<
    keyof OfType<ours.UIMessageChunk, Each>,
    keyof OfType<theirs.UIMessageChunk, Each>
  > extends true ? Each : never;
}[ChunkKind];
export const keys: Equal<SameKeys, ChunkKind> = true;

// The parts of a steering message hold their JSON one level further down.
export const steering: Ways<
  OfType<ours.UIMessageChunk, "steering-message">["parts"][number],
  OwnJson<OfType<theirs.UIMessageChunk, "steering-message">["parts"][number]>
> = "both";

// --- Parts --------------------------------------------------------------------------------------------------------------

type OurPart = ours.UIMessage["parts"][number];
type TheirPart = theirs.UIMessage["parts"][number];
type PartKind = TheirPart["type"];

export const samePartKinds: Equal<OurPart["type"], PartKind> = true;
export const parts: Equal<
  Kinds<OurPart, TheirPart, PartKind, "both" | "ours for theirs">,
  Exclude<PartKind, `tool-${string}` | "dynamic-tool">
> = true;

// Of tools all states but one: a call that failed has no input where it was not valid, and theirs must have the key.
type States<Ours, Theirs, State extends string> = {
  [Each in State]: Extract<Ours, { state: Each }> extends Theirs ? Each : never;
}[State];
type State = ours.ToolUIPart["state"];

export const tools: Equal<
  States<ours.ToolUIPart, OfType<TheirPart, `tool-${string}`>, State>,
  Exclude<State, "output-error">
> = true;
export const dynamicTools: Equal<
  States<ours.DynamicToolUIPart, theirs.DynamicToolUIPart, State>,
  Exclude<State, "output-error">
> = true;
