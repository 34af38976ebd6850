// What one version of `ai` on one version of zod makes of bytes: node matrix.mjs <package> <zod package> <folder>.
//
// Reads <folder>/job.json: { frames: [base64], turns: [[name, base64]], requests: [{ name, steps, replies: [base64] }] }.
// Prints { zod: [paths], frames: [{ values } | { error }], turns: { name: {...} }, requests: { name: [{ method, url, body }] } }.

import { readFile } from "node:fs/promises";
import { registerHooks } from "node:module";
import { join } from "node:path";

import { arriving, bytes, clientOf } from "./chat.mjs";

const [line, zod, folder] = process.argv.slice(2);

const resolved = new Set();
registerHooks({
  resolve(specifier, context, next) {
    if (!/^zod(\/|$)/.test(specifier)) return next(specifier, context);
    const found = next(specifier.replace(/^zod/, zod), context);
    resolved.add(found.url.match(/node_modules\/([^/]+)\//)[1]);
    return found;
  },
});

const ai = await import(line);
const job = JSON.parse(await readFile(join(folder, "job.json"), "utf8"));
const { posted, turn } = clientOf(ai);

/** As the chat reads a reply: each chunk is checked, and the first that is not valid ends it. */
async function received(buffer) {
  const transport = new ai.DefaultChatTransport({});
  const values = [];
  try {
    for await (const value of transport.processResponseStream(arriving(buffer, 4096))) values.push(value);
    return { values };
  } catch (error) {
    return { error: error.name };
  }
}

const frames = [];
for (const frame of job.frames) frames.push(await received(bytes(frame)));

const turns = {};
for (const [name, reply] of job.turns) turns[name] = await turn(reply);

const requests = {};
for (const one of job.requests) {
  try {
    requests[one.name] = await posted(one);
  } catch (error) {
    throw new Error(`${line}, request ${one.name}: ${error.stack}`);
  }
}

process.stdout.write(JSON.stringify({ zod: [...resolved], frames, turns, requests }));
