import http from "node:http";
import type { AddressInfo } from "node:net";
import net from "node:net";
import { afterEach, expect, test } from "vitest";
import { SafeRequestError } from "../engine/ports/http.ts";
import { notPublic } from "./public-address.ts";
import { safeHttp, safeRequest } from "./safe-request.ts";
import type { Resolve } from "./safe-target.ts";

const open: { close(): unknown }[] = [];
afterEach(async () => {
  await Promise.all(open.splice(0).map((server) => server.close()));
});

interface Seen {
  readonly method: string;
  readonly path: string;
  readonly headers: http.IncomingHttpHeaders;
  readonly body: string;
}

/** A receiver on loopback; its address and what it was asked. */
async function receiver(answer: http.RequestListener = (_, response) => response.end("ok")) {
  const seen: Seen[] = [];
  const server = http.createServer((request, response) => {
    let body = "";
    request.on("data", (chunk: Buffer) => (body += chunk.toString()));
    request.on("end", () => {
      const { method = "", url = "", headers } = request;
      seen.push({ method, path: url, headers, body });
      answer(request, response);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  open.push({
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  });
  return { seen, port: (server.address() as AddressInfo).port };
}

async function failureOf(promise: Promise<unknown>): Promise<SafeRequestError> {
  const error = await promise.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (!(error instanceof SafeRequestError)) throw new Error(`no refusal: ${String(error)}`);
  return error;
}

const FOREVER = 60_000;
const post = { method: "POST", body: "{}", allowPrivate: true } as const;

test.each([
  "http://127.0.0.1:PORT/",
  "http://localhost:PORT/",
  "http://2130706433:PORT/",
  "http://017700000001:PORT/",
  "http://0x7f.1:PORT/",
  "http://0177.0.0.1:PORT/",
  "http://127.1:PORT/",
  "http://127.0.0.1.:PORT/",
  "http://①②⑦.⓪.⓪.①:PORT/",
  "http://0:PORT/",
  "http://[::1]:PORT/",
  "http://[::]:PORT/",
  "http://[::ffff:127.0.0.1]:PORT/",
  "http://[::ffff:7f00:1]:PORT/",
  "http://[::127.0.0.1]:PORT/",
  "http://[64:ff9b::127.0.0.1]:PORT/",
  "http://[2002:7f00:0001::]:PORT/",
  "http://[fe80::1]:PORT/",
  "http://169.254.169.254/latest/meta-data/",
  "http://100.100.100.200/latest/meta-data/",
  "http://user:word@8.8.8.8/",
  "http://user@8.8.8.8/",
  "file:///etc/passwd",
  "ftp://8.8.8.8/",
  "gopher://127.0.0.1:PORT/",
  "data:text/plain,hello",
  "//127.0.0.1:PORT/",
  "not a url",
  "",
])("%s is refused, and nobody is asked", async (url) => {
  const { seen, port } = await receiver();
  const address = url.replace("PORT", String(port));
  const refusal = await failureOf(safeRequest(address, { allowPrivate: false, timeoutMs: 5000 }));
  expect(refusal.failure).toBe("refused");
  expect(await safeHttp().whyRefused(address, false)).toBe(refusal.message);
  expect(seen).toEqual([]);
});

test("the same loopback address is asked where that is allowed", async () => {
  const { seen, port } = await receiver((_, response) => {
    response.writeHead(202, { "X-Answer": "taken" }).end("thanks");
  });
  const answer = await safeRequest(`http://127.0.0.1:${port}/hook?x=1`, {
    ...post,
    headers: { "content-type": "application/json" },
  });
  expect(answer).toMatchObject({ status: 202, body: "thanks", headers: { "x-answer": "taken" } });
  expect(seen).toMatchObject([{ method: "POST", path: "/hook?x=1", body: "{}" }]);
  expect(seen[0]?.headers).toMatchObject({
    host: `127.0.0.1:${port}`,
    "content-type": "application/json",
    "content-length": "2",
  });
});

test("credentials and odd schemes are refused even where private addresses are allowed", async () => {
  const { seen, port } = await receiver();
  for (const url of [`http://user:word@127.0.0.1:${port}/`, "file:///etc/passwd"]) {
    expect((await failureOf(safeRequest(url, post))).failure).toBe("refused");
  }
  expect(seen).toEqual([]);
});

test("a name with one private address among public ones is refused", async () => {
  const resolve: Resolve = () =>
    Promise.resolve([
      { address: "93.184.215.14", family: 4 },
      { address: "10.0.0.7", family: 4 },
    ]);
  const refusal = await failureOf(
    safeHttp({ resolve }).request("https://hooks.example.com/", { allowPrivate: false }),
  );
  expect(refusal).toMatchObject({
    failure: "refused",
    message: "hooks.example.com (10.0.0.7) is no public address: private",
  });
});

test("a name that answers another address the second time is asked once, and the first address is used", async () => {
  const { seen, port } = await receiver();
  // What is public in this test: the first answer leads to the receiver, later ones elsewhere.
  const asked: string[] = [];
  const rebinding: Resolve = (name) => {
    asked.push(name);
    const address = asked.length === 1 ? "127.0.0.1" : "127.0.0.2";
    return Promise.resolve([{ address, family: 4 }]);
  };
  const answer = await safeHttp({ resolve: rebinding }).request(
    `http://rebind.example.com:${port}/a`,
    post,
  );
  expect(answer.status).toBe(200);
  expect(asked).toEqual(["rebind.example.com"]);
  expect(seen[0]?.headers.host).toBe(`rebind.example.com:${port}`);
});

test("a name that is public when saved and private when asked is refused when asked", async () => {
  const { seen, port } = await receiver();
  let asked = 0;
  const rebinding: Resolve = () =>
    Promise.resolve([{ address: asked++ === 0 ? "93.184.215.14" : "127.0.0.1", family: 4 }]);
  const { request, whyRefused } = safeHttp({ resolve: rebinding });
  const url = `http://rebind.example.com:${port}/`;
  expect(await whyRefused(url, false)).toBeNull();
  expect((await failureOf(request(url, { allowPrivate: false }))).failure).toBe("refused");
  expect(seen).toEqual([]);
});

test.each([
  "http://169.254.169.254/latest/meta-data/",
  "http://[::ffff:169.254.169.254]/",
  "http://2852039166/",
  "http://metadata.internal/",
  "file:///etc/passwd",
  "http://user:word@public.example.com/",
])("a redirect to %s is refused", async (location) => {
  const { seen, port } = await receiver((_, response) => {
    response.writeHead(307, { location }).end();
  });
  // The receiver stands for a host of the internet, by a number that only this test calls public.
  const { request } = safeHttp({
    resolve: (name) =>
      Promise.resolve([
        { address: name === "metadata.internal" ? "169.254.169.254" : "127.0.0.1", family: 4 },
      ]),
    notPublic: (address) => (address === "127.0.0.1" ? null : notPublic(address)),
  });
  const url = `http://public.example.com:${port}/`;
  const refusal = await failureOf(request(url, { ...post, allowPrivate: false }));
  expect(refusal.failure).toBe("refused");
  expect(seen).toHaveLength(1);
});

test("redirects are followed a few times, and what is posted goes along by 307 and 308 only", async () => {
  const { seen, port } = await receiver((request, response) => {
    const hop = Number(request.url?.slice(1));
    if (hop === 0) response.end("there");
    else response.writeHead(308, { location: `/${hop - 1}` }).end();
  });
  const at = (hops: number): string => `http://127.0.0.1:${port}/${hops}`;
  expect(await safeRequest(at(3), post)).toMatchObject({ status: 200, body: "there" });
  expect(seen.map(({ method, body }) => method + body)).toEqual(Array(4).fill("POST{}"));
  expect((await failureOf(safeRequest(at(4), post))).message).toBe("more than 3 redirects");

  const moved = await receiver((_, response) => {
    response.writeHead(302, { location: "/elsewhere" }).end();
  });
  const url = `http://127.0.0.1:${moved.port}/`;
  expect((await safeRequest(url, post)).status).toBe(302);
  expect(moved.seen).toHaveLength(1);
});

test("what is meant for one host is not shown to the one it redirects to", async () => {
  const other = await receiver();
  const { port } = await receiver((_, response) => {
    response.writeHead(307, { location: `http://127.0.0.1:${other.port}/` }).end();
  });
  await safeRequest(`http://127.0.0.1:${port}/`, {
    ...post,
    headers: { Authorization: "Bearer x", Cookie: "a=b", "webhook-id": "msg_1" },
  });
  expect(other.seen[0]?.headers).toMatchObject({ "webhook-id": "msg_1" });
  expect(other.seen[0]?.headers.authorization).toBeUndefined();
  expect(other.seen[0]?.headers.cookie).toBeUndefined();
});

test("an endless answer is read up to the limit", async () => {
  const { port } = await receiver((_, response) => {
    response.on("error", () => undefined);
    const more = (): void => {
      while (!response.destroyed && response.write("x".repeat(10_000))) continue;
      if (!response.destroyed) response.once("drain", more);
    };
    more();
  });
  const answer = await safeRequest(`http://127.0.0.1:${port}/`, {
    allowPrivate: true,
    maxBytes: 100,
    timeoutMs: FOREVER,
  });
  expect(answer.body).toBe("x".repeat(100));
});

test("a failure says whether anything was handed over", async () => {
  const refusing = net.createServer();
  await new Promise<void>((resolve) => refusing.listen(0, "127.0.0.1", resolve));
  const { port } = refusing.address() as AddressInfo;
  await new Promise((resolve) => refusing.close(resolve));
  const unreachable = await failureOf(safeRequest(`http://127.0.0.1:${port}/`, post));
  expect(unreachable.failure).toBe("unreachable");

  const nowhere: Resolve = () => Promise.reject(new Error("ENOTFOUND"));
  const unknown = safeHttp({ resolve: nowhere });
  const missing = await failureOf(unknown.request("http://nowhere.example.com/", post));
  expect(missing).toMatchObject({
    failure: "unreachable",
    message: "nowhere.example.com was not found",
  });
  expect(await unknown.whyRefused("http://nowhere.example.com/", false)).toBeNull();

  const silent = await receiver(() => undefined);
  const late = await failureOf(
    safeRequest(`http://127.0.0.1:${silent.port}/`, { ...post, timeoutMs: 300 }),
  );
  expect(late).toMatchObject({ failure: "no-answer", message: "no answer within 0.3 s" });

  const breaking = await receiver((request) => request.socket.destroy());
  const broken = await failureOf(safeRequest(`http://127.0.0.1:${breaking.port}/`, post));
  expect(broken.failure).toBe("no-answer");
});
