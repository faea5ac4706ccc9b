import { readdirSync } from "node:fs";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, describe, expect, test } from "vitest";
import { openTestStore } from "../../store/testing/test-store.ts";
import { ENGINES } from "../../store/testing/test-database.ts";
import type { Listed } from "../testing/answers.ts";
import { type TestApp, testAppOver } from "../testing/test-app.ts";

const CSV = "account_id,account_name,arr\nacme,Acme,100\nbolt,=cmd(),200\n,nobody,3\n";
const DEFINITION = "files: { rows: rows.csv }\naccounts: select * from rows\n";

describe.each(ENGINES)("imports over HTTP, on %s", (engine) => {
  let app: TestApp;
  afterEach(() => app.close());
  const start = async () => (app = await testAppOver(await openTestStore(engine)));

  test("a CSV file as the body goes in, once; rejected rows are told with their reasons", async () => {
    await start();
    const send = (query = "") =>
      app.ops.post(`/api/imports/accounts${query}`, CSV, {
        headers: { "content-type": "text/csv" },
      });
    const dry = (await send("?dry_run=true")).json();
    expect(dry).toMatchObject({ dry_run: true, counts: { accounts: { read: 3, written: 0 } } });
    expect((await app.csm.get("/api/accounts?state=all")).json().items).toEqual([]);
    const answer = await send();
    expect(answer.statusCode, answer.body).toBe(200);
    expect(answer.json()).toMatchObject({
      counts: { accounts: { read: 3, written: 2, unchanged: 0, rejected: 1 } },
      rejected: 1,
      rejects: [{ statement: "accounts", row: 3, content: { account_name: "nobody" } }],
    });
    expect((await send()).json().counts.accounts).toMatchObject({ written: 0, unchanged: 2 });
    expect(app.woken).toContain("decide");
    expect(leftovers()).toEqual([]);
  });

  test("an import file reads the files that came along, and no other file of the server", async () => {
    await start();
    const elsewhere = await mkdtemp(join(tmpdir(), "touchstone-secret-"));
    const secret = join(elsewhere, "secret.csv");
    await writeFile(secret, "account_id\nstolen\n");
    const send = (definition: string, files: object = { "rows.csv": { text: CSV } }) =>
      app.ops.post("/api/imports", { name: "crm", definition, files });
    const good = await send(DEFINITION);
    expect(good.json().counts.accounts.written, good.body).toBe(2);
    const attempts = [
      `files: { rows: ${secret} }\naccounts: select * from rows`,
      `files: { rows: ../${secret} }\naccounts: select * from rows`,
      `files: { rows: "*.csv" }\naccounts: select * from rows`,
      `files: { rows: rows.csv }\nprepare: ${secret}\naccounts: select * from rows`,
      `files: { rows: rows.csv }\naccounts: select * from read_csv('${secret}')`,
      `files: { rows: rows.csv }\naccounts: select * from '${secret}'`,
      `files: { rows: rows.csv }\naccounts: select content as account_id from read_text('${secret}')`,
      `files: { rows: rows.csv }\nprepare: p.sql\naccounts: select * from t`,
      `files: { rows: rows.csv }\naccounts: select * from read_csv('http://127.0.0.1:9/x.csv')`,
    ];
    for (const definition of attempts) {
      const answer = await send(definition, {
        "rows.csv": { text: CSV },
        "p.sql": { text: `create table t as from read_csv('${secret}')` },
      });
      expect(answer.statusCode, definition).toBe(422);
      expect(answer.json().code).toBe("bad-import");
      expect(answer.body).not.toContain("touchstone-upload-");
      expect(answer.body).not.toContain("stolen");
    }
    const ids = (await app.csm.get("/api/accounts?state=all&sort=id")).json<Listed>().items;
    expect(ids.map(({ id }) => id)).toEqual(["acme", "bolt"]);
    await rm(elsewhere, { recursive: true });
    expect(leftovers()).toEqual([]);
  });

  test("names that lead elsewhere, broken files and other bodies are refused with what to do", async () => {
    await start();
    const send = (body: object) => app.ops.post("/api/imports", body);
    const name = (
      await send({ name: "a", definition: DEFINITION, files: { "../x": { text: "" } } })
    ).json();
    expect(name).toMatchObject({ status: 400 });
    expect(name.errors[0].message).toContain("without folders");
    const broken = (await send({ name: "a", definition: "fils: 1", files: {} })).json();
    expect(broken.detail).toContain("a:1:1: fils is no key of an import file");
    const json = await app.ops.post("/api/imports/accounts", { a: 1 });
    expect(json.json()).toMatchObject({ status: 415, code: "wrong-media-type" });
    const column = await app.ops.post("/api/imports/accounts", "x\n1\n", {
      headers: { "content-type": "text/csv" },
    });
    expect(column.json().detail).toContain("no column looks like account_id");
    expect((await app.leader.post("/api/imports", {})).statusCode).toBe(403);
  });
});

function leftovers(): string[] {
  return readdirSync(tmpdir()).filter((one) => one.startsWith("touchstone-upload-"));
}
