// What one line of `ai` makes of bytes: node client.mjs <package> <folder>.
//
// Reads <folder>/job.json: { frames: base64, turns: [[name, base64]], requests: [{ name, steps, replies: [base64] }] }.
// Prints { frames: [...], turns: { name: {...} }, requests: { name: [body] } }.

import { readFile } from "node:fs/promises";
import { join } from "node:path";

import { bytes, clientOf } from "./chat.mjs";

const [line, folder] = process.argv.slice(2);
const ai = await import(line);
const job = JSON.parse(await readFile(join(folder, "job.json"), "utf8"));

const { posted, turn, validated } = clientOf(ai);

const turns = {};
for (const [name, reply] of job.turns) turns[name] = await turn(reply);

const requests = {};
for (const one of job.requests) {
  try {
    requests[one.name] = (await posted(one)).map((request) => request.body);
  } catch (error) {
    throw new Error(`${line}, request ${one.name}: ${error.stack}`);
  }
}

process.stdout.write(JSON.stringify({ frames: await validated(bytes(job.frames)), turns, requests }));
