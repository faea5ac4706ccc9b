import { readdirSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { lostOrders } from "./lost-order.ts";

const STORE = new URL("../", import.meta.url);

test.each([
  ["`FROM (SELECT a FROM t ORDER BY a) l`", 1],
  ["`FROM (SELECT a FROM t) l ORDER BY l.a`", 0],
  ['`FROM (SELECT a FROM t ORDER BY ${order("t")}) l`', 1],
  ["`FROM (SELECT a FROM t WHERE ${`${x} = 1`} ORDER BY a LIMIT 3) l`", 0],
  [
    "`FROM (SELECT * FROM (SELECT a FROM t ORDER BY a LIMIT 3) t JOIN u ON true ORDER BY t.a) l`",
    1,
  ],
  ["`FROM (SELECT a, rank() OVER (ORDER BY a) FROM t) l`", 0],
  ["`FROM (SELECT array_agg(a ORDER BY a) FROM t) l`", 0],
  ["`FROM (SELECT DISTINCT ON (a) a FROM t ORDER BY a, b) l`", 0],
  ["`SELECT count(*) FROM (SELECT 1 FROM t ORDER BY a FOR UPDATE) l`", 0],
])("%s loses %d", (source, count) => {
  expect(lostOrders(source)).toHaveLength(count);
});

test("rows that the store puts in order are in order on a cluster", () => {
  const files = readdirSync(STORE, { recursive: true, encoding: "utf8" }).filter(
    (name) => name.endsWith(".ts") && !name.endsWith(".test.ts"),
  );
  const found = files.flatMap((name) =>
    lostOrders(readFileSync(new URL(name, STORE), "utf8")).map((sql) => ({ name, sql })),
  );
  expect(found).toEqual([]);
  expect(files.length).toBeGreaterThan(100);
});
