import { existsSync } from "node:fs";
import { createServer } from "node:net";
import type { AddressInfo } from "node:net";
import { afterAll, describe, expect, test } from "vitest";
import { type Engine, ENGINES, newServerDatabase } from "../../src/store/testing/test-database.ts";
import { collect, Desk } from "./support/command.ts";
import { Server } from "./support/server.ts";

const desk = new Desk();
afterAll(() => desk.remove());

let folders = 0;
async function place(engine: Engine): Promise<readonly [string, string]> {
  return engine === "pglite"
    ? ["--data", `served${(folders += 1)}`]
    : ["--database", await newServerDatabase(engine)];
}

function bearer(key: string | null): Record<string, string> {
  return { authorization: `Bearer ${key ?? ""}` };
}

describe.each(ENGINES)("touchstone serve on %s", (engine) => {
  test("greets the first time, lets the administrator in once, stops cleanly, and goes on after a kill", async () => {
    const where = await place(engine);
    const first = await Server.start(desk, where);
    expect(first.url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
    expect((await first.get("/readyz")).status).toBe(200);
    const { sign_in_url: link, admin_token: token } = first.greeting;
    const path = (link ?? "").slice(first.url.length);
    expect((await first.get(path)).status).toBe(200);
    const signIn = () => first.post("/api/session", { token: path.split("=")[1] });
    const opened = await signIn();
    const cookie = opened.headers.get("set-cookie")?.split(";")[0] ?? "";
    expect(opened.status).toBe(200);
    expect((await signIn()).status).toBe(410);
    expect(await (await first.get("/api/me", { cookie })).json()).toMatchObject({
      access: "admin",
    });
    const made = await first.post("/api/keys", { kind: "api", name: "check" }, bearer(token));
    const { secret } = (await made.json()) as { secret: string };
    expect(made.status).toBe(201);

    // a command beside the running server, on either database
    const printed = await desk.json<{ url: string }>("signin", "--admin", ...where);
    expect(printed.url).toMatch(new RegExp(`^${first.url}/signin\\?token=`));
    expect((await first.get(printed.url.slice(first.url.length))).status).toBe(200);

    expect(await first.stop("SIGTERM")).toBe(0);
    expect(first.log).not.toContain(token);
    expect(first.log).not.toContain("signin?token");
    expect(first.log).not.toMatch(/"level":"(?:error|fatal)"/);

    const second = await Server.start(desk, where);
    expect(second.greeting).toMatchObject({ sign_in_url: null, admin_token: null });
    expect((await second.get("/api/me", bearer(secret))).status).toBe(200);
    expect((await second.get("/api/me", { cookie })).status).toBe(200);
    await second.stop("SIGKILL");

    const third = await Server.start(desk, where);
    expect((await third.get("/api/me", bearer(token))).status).toBe(200);
    expect(await third.stop()).toBe(0);
  });
});

test("a second server on the same folder is refused, and the first goes on", async () => {
  const where = await place("pglite");
  const server = await Server.start(desk, where);
  const { code, err } = await collect(desk.start(["serve", "--port", "0", ...where]));
  expect(code).toBe(3);
  expect(err).toMatch(/is in use by process \d+/);
  expect((await server.get("/healthz")).status).toBe(200);
  // on a port that is taken it says so
  const { port } = new URL(server.url);
  const [flag, folder] = await place("pglite");
  const other = await collect(desk.start(["serve", "--port", port, flag, folder]));
  expect(other.code).toBe(3);
  expect(other.err).toContain(`Port ${port} on 127.0.0.1 is in use`);
  expect(other.err).not.toContain("    at ");
  expect(await server.stop()).toBe(0);
});

test("other machines are let in over TLS or behind a proxy only", async () => {
  const { code, err } = await desk.run(
    "serve",
    "--port",
    "0",
    "--host",
    "0.0.0.0",
    "--data",
    "open",
  );
  expect(code).toBe(2);
  expect(err).toContain("--behind-proxy");
  expect(existsSync(desk.path("open"))).toBe(false);
  const server = await Server.start(desk, [
    "--host",
    "0.0.0.0",
    "--behind-proxy",
    "--data",
    "open",
  ]);
  expect((await server.get("/healthz")).status).toBe(200);
  await server.stop();
});

test("a dry run says so, and secrets in the file are refused", async () => {
  const dry = await Server.start(desk, ["--no-send", "--data", "dry"]);
  expect(dry.greeting.sends).toBe(false);
  await dry.stop();
  const config = desk.write("bad.config.yaml", "smtp_url: smtp://a:hunter2@mail\n");
  const { code, err } = await desk.runWith(
    { TOUCHSTONE_CONFIG: config },
    "serve",
    "--port",
    "0",
    "--data",
    "never",
  );
  expect(code).toBe(2);
  expect(err).toContain("set SMTP_URL in the environment");
  expect(err).not.toContain("hunter2");
  expect(existsSync(desk.path("never"))).toBe(false);
});

test("the first signal ends it at leisure, a second at once", async () => {
  const server = await Server.start(desk, ["--data", "twice"]);
  // an answer that never ends keeps it
  const { port } = new URL(server.url);
  const held = await hold(Number(port));
  server.signal("SIGTERM");
  await expect.poll(() => server.log).toContain("Stopping");
  server.signal("SIGTERM");
  expect(await server.end()).toBe(3);
  held.destroy();
});

/** A request whose body never comes. */
async function hold(port: number) {
  const { connect } = await import("node:net");
  const socket = connect(port, "127.0.0.1");
  socket.on("error", () => socket.destroy());
  await new Promise<void>((resolve) => {
    socket.once("connect", () => resolve());
  });
  socket.write(
    "POST /api/session HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ncontent-length: 9\r\n\r\n",
  );
  return socket;
}

describe("touchstone worker", () => {
  test("is refused on the embedded database", async () => {
    for (const args of [[], ["--data", "anything"]]) {
      const { code, err } = await desk.run("worker", ...args);
      expect(code).toBe(3);
      expect(err).toContain("needs a Postgres server");
    }
  });

  test("works beside a server on Postgres, and stops cleanly", async () => {
    const [, database] = await place("postgres");
    const server = await Server.start(desk, ["--database", database]);
    const child = desk.start(["worker", "--json", "--database", database]);
    const ended = collect(child);
    await expect
      .poll(
        async () =>
          (await (
            await server.get("/api/health", bearer(server.greeting.admin_token))
          ).json()) as object,
        {
          timeout: 60_000,
          interval: 1000,
        },
      )
      .toMatchObject({ workers: 2 });
    child.kill("SIGTERM");
    const { code, out } = await ended;
    expect(code).toBe(0);
    expect(JSON.parse(out)).toMatchObject({ worker: expect.any(String), pid: child.pid });
    expect(await server.stop()).toBe(0);
  });
});

test("a port that is no port, and half a certificate, are told as such", async () => {
  const free = createServer();
  await new Promise<void>((resolve) => {
    free.listen(0, "127.0.0.1", () => resolve());
  });
  const { port } = free.address() as AddressInfo;
  free.close();
  expect(await desk.run("serve", "--port", "http")).toMatchObject({ code: 2 });
  const half = await desk.run(
    "serve",
    "--port",
    String(port),
    "--tls-cert",
    "x.pem",
    "--data",
    "tls",
  );
  expect(half).toMatchObject({ code: 2, err: expect.stringContaining("belong together") });
});

test("a log that nobody reads stops nothing", async () => {
  const child = desk.start(["serve", "--port", "0", "--json", "--data", "unread"], {
    TOUCHSTONE_LOG_LEVEL: "trace",
  });
  child.stderr?.pause();
  const ended = new Promise((resolve) => child.once("exit", resolve));
  const line = await new Promise<string>((resolve) =>
    child.stdout?.once("data", (data: Buffer) => resolve(data.toString())),
  );
  const { url } = JSON.parse(line) as { url: string };
  // more than the pipe holds
  for (let n = 0; n < 40; n++)
    await Promise.all(
      Array.from({ length: 25 }, () =>
        fetch(`${url}/healthz`).then((answer) => answer.arrayBuffer()),
      ),
    );
  expect((await fetch(`${url}/readyz`)).status).toBe(200);
  child.kill("SIGTERM");
  expect(await ended).toBe(0);
  child.stderr?.destroy();
});
