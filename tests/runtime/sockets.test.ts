import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { test } from "node:test";

import type { EventValidator } from "../../templates/typescript/runtime/event-validator.ts";
import {
  openSocket,
  type CheckedSocket,
  type SocketOptions,
} from "../../templates/typescript/runtime/sockets.ts";
import { StreamError } from "../../templates/typescript/runtime/stream.ts";

const number: EventValidator<number> = {
  "~standard": {
    validate: (value) =>
      typeof value === "number"
        ? { value }
        : { issues: [{ message: "no number" }] },
  },
};
const text: EventValidator<string> = {
  "~standard": {
    validate: (value) =>
      typeof value === "string"
        ? { value }
        : { issues: [{ message: "no text" }] },
  },
};

/** The socket of a browser, in the hands of the test. */
class FakeSocket extends EventTarget {
  static last: FakeSocket;
  readyState = 0;
  readonly sent: string[] = [];
  closedWith: [number | undefined, string | undefined] | undefined;

  constructor() {
    super();
    FakeSocket.last = this;
  }

  open(): void {
    this.readyState = 1;
    this.dispatchEvent(new Event("open"));
  }

  message(data: unknown): void {
    this.dispatchEvent(new MessageEvent("message", { data }));
  }

  end(code: number, reason = ""): void {
    this.readyState = 3;
    this.dispatchEvent(Object.assign(new Event("close"), { code, reason }));
  }

  send(data: string): void {
    this.sent.push(data);
  }

  close(code?: number, reason?: string): void {
    if (this.readyState >= 2) return;
    this.readyState = 2;
    this.closedWith = [code, reason];
    queueMicrotask(() => {
      this.end(code ?? 1005);
    });
  }
}

const Socket = FakeSocket as unknown as typeof WebSocket;
const channel = { emits: number, accepts: text };

async function opened(
  options: SocketOptions = {},
): Promise<[CheckedSocket<number, string>, FakeSocket]> {
  const opening = openSocket("ws://host", channel, {
    ...options,
    WebSocket: Socket,
  });
  FakeSocket.last.open();
  return [await opening, FakeSocket.last];
}

const kind = (wanted: string) => (error: unknown) =>
  error instanceof StreamError && error.kind === wanted;

test("messages are checked values, in order, until a close in good order", async () => {
  for (const code of [1000, 1001, 1005]) {
    const [socket, fake] = await opened();
    for (const value of ["1", "2"]) fake.message(value);
    setTimeout(() => {
      fake.message("3");
      fake.end(code);
    }, 2);
    assert.deepEqual(await Array.fromAsync(socket.messages), [1, 2, 3]);
  }
});

test("what came before the connection broke off is there first", async () => {
  const [socket, fake] = await opened();
  fake.message("1");
  fake.end(1006);
  const found: number[] = [];
  await assert.rejects(async () => {
    for await (const value of socket.messages) found.push(value);
  }, kind("truncated"));
  assert.deepEqual(found, [1]);
});

test("a message that is not valid closes the socket, or is left out", async () => {
  for (const wrong of ['"a"', "oops", new ArrayBuffer(1)]) {
    const [socket, fake] = await opened();
    fake.message(wrong);
    await assert.rejects(Array.fromAsync(socket.messages), kind("invalid"));
    assert.equal(fake.closedWith?.[0], 4007);
    const skipped: unknown[] = [];
    const [lenient, other] = await opened({
      invalid: "skip",
      onProblem: (problem) => skipped.push(problem.kind),
    });
    for (const data of ["1", wrong, "2"]) other.message(data);
    other.end(1000);
    assert.deepEqual(await Array.fromAsync(lenient.messages), [1, 2]);
    assert.deepEqual(skipped, ["invalid"]);
  }
});

test("what is sent is checked", async () => {
  const [socket, fake] = await opened();
  socket.send("hello");
  const wrong: unknown = 1;
  assert.throws(() => {
    socket.send(wrong as string);
  }, kind("invalid"));
  assert.deepEqual(fake.sent, ['"hello"']);
  socket.close(4000, "done");
  assert.deepEqual(fake.closedWith, [4000, "done"]);
  assert.throws(() => {
    socket.send("late");
  }, kind("refused"));
  assert.deepEqual(await Array.fromAsync(socket.messages), []);
});

test("what is sent of a decoded value is its encoding", async () => {
  const instant: EventValidator<Date> = {
    "~standard": {
      validate: (value) =>
        typeof value === "string"
          ? { value: new Date(value) }
          : { issues: [{ message: "no text" }] },
    },
  };
  const encode = (value: Date) => value.toISOString();
  const opening = openSocket(
    "ws://host",
    { emits: number, accepts: instant, encode },
    { WebSocket: Socket },
  );
  FakeSocket.last.open();
  (await opening).send(new Date(0));
  assert.deepEqual(FakeSocket.last.sent, ['"1970-01-01T00:00:00.000Z"']);
});

test("a connection that is refused", async () => {
  const opening = openSocket("ws://host", channel, { WebSocket: Socket });
  FakeSocket.last.end(1006);
  await assert.rejects(opening, kind("refused"));
  const named = openSocket("ws://host", channel, { WebSocket: Socket });
  FakeSocket.last.end(4401, "Sign in.");
  await assert.rejects(named, /Sign in\./);
});

test("leaving the loop closes the socket", async () => {
  const [socket, fake] = await opened();
  fake.message("1");
  for await (const value of socket.messages) {
    assert.equal(value, 1);
    break;
  }
  assert.deepEqual(fake.closedWith?.[0], 1000);
});

test("a signal closes the socket, and its reason is thrown", async () => {
  const controller = new AbortController();
  const [socket, fake] = await opened({ signal: controller.signal });
  setTimeout(() => {
    controller.abort(new Error("enough"));
  }, 2);
  await assert.rejects(Array.fromAsync(socket.messages), /enough/);
  assert.equal(fake.closedWith?.[0], 1000);
  const early = new AbortController();
  const opening = openSocket("ws://host", channel, {
    WebSocket: Socket,
    signal: early.signal,
  });
  early.abort(new Error("not even begun"));
  await assert.rejects(opening, /not even begun/);
  await assert.rejects(
    openSocket("ws://host", channel, { signal: early.signal }),
    /begun/,
  );
});

/** A socket that connects again at once, and the connections that it has made. */
async function reopening(
  options: SocketOptions = {},
): Promise<[CheckedSocket<number, string>, FakeSocket[]]> {
  const made: FakeSocket[] = [];
  class Remembered extends FakeSocket {
    constructor() {
      super();
      made.push(this);
    }
  }
  const opening = openSocket("ws://host", channel, {
    reconnect: { retryAfter: 0 },
    ...options,
    WebSocket: Remembered as unknown as typeof WebSocket,
  });
  made[0]?.open();
  return [await opening, made];
}

async function nth(made: FakeSocket[], count: number): Promise<FakeSocket> {
  for (;;) {
    const found = made[count - 1];
    if (found !== undefined) return found;
    await new Promise((resolve) => setTimeout(resolve, 1));
  }
}

test("a connection that broke off is made again, and the messages go on", async () => {
  let opened = 0;
  const onOpen = () => {
    opened += 1;
    socket.send("again");
  };
  const [socket, made] = await reopening({
    reconnect: { retryAfter: 0, onOpen },
  });
  const reading = Array.fromAsync(socket.messages);
  const codes = [1001, 1006, 1011, 1012, 1013, 1014];
  for (const [index, code] of codes.entries()) {
    const fake = await nth(made, index + 1);
    if (index > 0) fake.open();
    assert.equal(socket.socket, fake);
    fake.message(String(index));
    fake.end(code);
    assert.throws(() => {
      socket.send("nobody is there");
    }, kind("refused"));
  }
  const last = await nth(made, codes.length + 1);
  last.open();
  last.message("9");
  last.end(1000);
  assert.deepEqual(await reading, [0, 1, 2, 3, 4, 5, 9]);
  assert.equal(opened, codes.length);
  assert.deepEqual(last.sent, ['"again"']);
});

test("it gives up after so many failures in a row", async () => {
  const [socket, made] = await reopening({
    reconnect: { retryAfter: 0, retries: 2 },
  });
  const reading = assert.rejects(
    Array.fromAsync(socket.messages),
    kind("truncated"),
  );
  for (let round = 0; round < 4; round += 1) {
    const fake = await nth(made, round + 1);
    if (round > 0) fake.open();
    if (round < 2) fake.message("1"); // which makes up for what failed
    fake.end(1006);
  }
  await reading;
  assert.equal(made.length, 4);
});

test("what is not made again", async () => {
  for (const code of [1000, 1002, 1003, 1005, 1007, 1008, 1009, 4007, 4401]) {
    const [socket, made] = await reopening();
    made[0]?.end(code);
    const reading = Array.fromAsync(socket.messages);
    if (code === 1000 || code === 1005) assert.deepEqual(await reading, []);
    else await assert.rejects(reading, kind("truncated"));
    assert.equal(made.length, 1);
  }
  const [plain, fake] = await opened();
  fake.end(1006);
  await assert.rejects(Array.fromAsync(plain.messages), kind("truncated"));
  assert.equal(FakeSocket.last, fake);
  const refused = openSocket("ws://host", channel, {
    WebSocket: Socket,
    reconnect: { retryAfter: 0 },
  });
  const first = FakeSocket.last;
  first.end(1006);
  await assert.rejects(refused, kind("refused"));
  assert.equal(FakeSocket.last, first);
});

test("a close, a signal and an exception end a pause before the next attempt", async () => {
  const reconnect = { retryAfter: 600_000 };
  const [socket, made] = await reopening({ reconnect });
  made[0]?.end(1006);
  socket.close();
  assert.deepEqual(await Array.fromAsync(socket.messages), []);
  const controller = new AbortController();
  const { signal } = controller;
  const [aborted, others] = await reopening({ reconnect, signal });
  others[0]?.end(1006);
  controller.abort(new Error("enough"));
  await assert.rejects(Array.fromAsync(aborted.messages), /enough/);
  assert.equal(made.length + others.length, 2);
  const onOpen = () => {
    throw new Error("not again");
  };
  const [broken, third] = await reopening({
    reconnect: { retryAfter: 0, onOpen },
  });
  third[0]?.end(1006);
  (await nth(third, 2)).open();
  await assert.rejects(Array.fromAsync(broken.messages), /not again/);
  assert.equal(third[1]?.closedWith?.[0], 1000);
});

/** A server that answers each short text with its length, and closes the connection at an empty one (RFC 6455). */
function lengths(): ReturnType<typeof createServer> {
  const server = createServer();
  server.on("upgrade", (request, socket) => {
    const key = `${request.headers["sec-websocket-key"] ?? ""}258EAFA5-E914-47DA-95CA-C5AB0DC85B11`;
    const accept = createHash("sha1").update(key).digest("base64");
    socket.write(
      `HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: ${accept}\r\n\r\n`,
    );
    socket.on("data", (frame: Buffer) => {
      const length = (frame[1] ?? 0) & 0x7f;
      const isText = ((frame[0] ?? 0) & 0x0f) === 1;
      const answer = String(length - 2);
      if (isText && length > 2) {
        socket.write(
          Buffer.from([0x81, answer.length, ...Buffer.from(answer)]),
        );
      } else if (socket.writable) {
        socket.end(Buffer.from([0x88, 2, 0x03, 0xe8]));
      }
    });
  });
  return server;
}

test("over a real connection", async () => {
  const server = lengths().listen(0, "127.0.0.1");
  await new Promise((resolve) => server.once("listening", resolve));
  const { port } = server.address() as AddressInfo;
  const socket = await openSocket(`ws://127.0.0.1:${port}`, channel);
  socket.send("hello");
  const found: number[] = [];
  for await (const value of socket.messages) {
    found.push(value);
    socket.send(value === 5 ? "hey" : "");
  }
  assert.deepEqual(found, [5, 3]);
  server.close();
  await assert.rejects(
    openSocket(`ws://127.0.0.1:${port}`, channel),
    kind("refused"),
  );
});

test("over real connections that are cut", async () => {
  const server = lengths();
  const cut = new Set<{ destroy(): void }>();
  server.on("upgrade", (_, socket) => cut.add(socket));
  server.listen(0, "127.0.0.1");
  await new Promise((resolve) => server.once("listening", resolve));
  const { port } = server.address() as AddressInfo;
  const words = ["a", "bb", "ccc"];
  const say = () => {
    socket.send(words.shift() ?? "");
  };
  const socket = await openSocket(`ws://127.0.0.1:${port}`, channel, {
    reconnect: { retryAfter: 1, onOpen: say },
  });
  say();
  const found: number[] = [];
  for await (const value of socket.messages) {
    found.push(value);
    for (const one of cut) one.destroy();
    cut.clear();
  }
  assert.deepEqual(found, [1, 2, 3]);
  server.close();
});
