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
