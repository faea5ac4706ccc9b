import { expect, test } from "vitest";
import { RecordShape } from "./record-shape.ts";

interface Row {
  readonly bucket: number;
  readonly id: string;
  readonly "odd name": string | null;
}

const SHAPE = new RecordShape<Row>({
  bucket: ["bucket", "int2"],
  id: ["id", "text"],
  "odd name": ["odd", "text"],
});

test("a page of columns is read as records with all their fields, in their order", () => {
  const page = JSON.stringify({ bucket: [1, 2], id: ["a", "b"], "odd name": [null, 'say "x"'] });
  expect(SHAPE.decode(page)).toEqual([
    { bucket: 1, id: "a", "odd name": null },
    { bucket: 2, id: "b", "odd name": 'say "x"' },
  ]);
  expect(SHAPE.decode("{}")).toEqual([]);
});

test("rows of groups come as one list a group, without the group's number; who has none has an empty list", () => {
  const page = JSON.stringify({
    id: ["a", "b", "c"],
    "odd name": [null, "x", "y"],
    place: [2, 0, 2],
  });
  const groups = SHAPE.without("bucket").decodeGroups(page, 4);
  expect(groups.map((group) => group.map(({ id }) => id))).toEqual([["b"], [], ["a", "c"], []]);
  expect(groups[0]).toEqual([{ id: "b", "odd name": "x" }]);
});

test("a shape without some fields does not ask for their columns", () => {
  expect(SHAPE.without("bucket", "odd name").names()).toBe("id");
  expect(SHAPE.names()).toBe("bucket, id, odd");
});
