import { type AddressInfo, connect } from "node:net";
import { expect, test } from "vitest";
import { addIngest } from "../routes/ingest.ts";
import { openTestApp } from "../testing/compose-test-app.ts";
import { caller } from "../testing/test-app.ts";
import { InFlight } from "./in-flight.ts";

const basic = (key: string) => ({ authorization: `Basic ${btoa(`${key}:`)}` });

test("what comes in while there is no room is put off before it is read", async () => {
  const room = new InFlight(600_000);
  const full = await openTestApp("pglite", {
    routes: [(app, deps) => addIngest(app, deps, () => Promise.resolve(true), room)],
  });
  const sender = caller(full.app, basic("any"));
  const send = (size: number) =>
    sender.post("/v1/batch", JSON.stringify({ batch: [], pad: "x".repeat(size) }));
  const answers = await Promise.all(Array.from({ length: 6 }, () => send(200_000)));
  expect(answers.map(({ statusCode }) => statusCode).toSorted()).toEqual([
    200, 200, 429, 429, 429, 429,
  ]);
  expect(answers.find(({ statusCode }) => statusCode === 429)?.headers["retry-after"]).toBe("1");
  expect((await send(200_000)).statusCode).toBe(200);
  expect((await sender.post("/v1/batch", "{")).statusCode).toBe(400);
  expect(room.bytes).toBe(0);
  await full.close();
});

test("a client that hangs up in the middle leaves its room", async () => {
  const room = new InFlight();
  const served = await openTestApp("pglite", {
    routes: [(app, deps) => addIngest(app, deps, () => Promise.resolve(true), room)],
  });
  await served.app.listen({ port: 0, host: "127.0.0.1" });
  const { port } = served.app.server.address() as AddressInfo;
  const head = `POST /v1/batch HTTP/1.1\r\nhost: x\r\nauthorization: Basic ${btoa("k:")}\r\ncontent-length: 5000\r\n\r\n`;
  const sockets = Array.from({ length: 5 }, () => connect(port, "127.0.0.1"));
  for (const socket of sockets) socket.write(`${head}{"batch"`);
  await expect.poll(() => room.bytes).toBeGreaterThan(5 * 5_000);
  for (const socket of sockets) socket.destroy();
  await expect.poll(() => room.bytes).toBe(0);
  await served.close();
});
