import { join } from "node:path";
import { expect, test } from "vitest";
import { shortForm, shortFormSql, snakeCase } from "./short-form.ts";
import { day, readFrom, withFolder } from "./testing/import-folder.ts";

test("a CSV file of accounts needs no import file", async () => {
  const csv =
    "Company ID,Company Name,Company Owner,Create Date,Annual Revenue (USD),planTier\n007,Acme,ana,2024-01-02,12000,pro\n";
  await withFolder({ "my accounts.csv": csv }, async (folder) => {
    const { rows } = await readFrom(
      "accounts",
      await shortForm("accounts", join(folder, "my accounts.csv")),
    );
    expect(rows).toMatchObject([
      {
        accountId: "007",
        name: "Acme",
        owner: "ana",
        createdAt: day("2024-01-02"),
        traits: { annual_revenue_usd: 12000, plan_tier: "pro" },
      },
    ]);
  });
});

test("contacts get their name from its parts and their role from the title", async () => {
  const csv =
    "id,company_id,First Name,Last Name,Email,Job Title,Seniority\nc1,a,Mia,Lim,mia@a.example,CIO,high\n";
  await withFolder({ "c.csv": csv }, async (folder) => {
    const { rows } = await readFrom("contacts", await shortForm("contacts", join(folder, "c.csv")));
    expect(rows).toMatchObject([
      {
        contactId: "c1",
        accountId: "a",
        name: "Mia Lim",
        email: "mia@a.example",
        role: "CIO",
        traits: { seniority: "high" },
      },
    ]);
  });
});

test("events are read from what products and warehouses export", async () => {
  const csv =
    "event_id,customer_id,timestamp,event_type,user,feature\ne1,a,2026-01-01T10:00:00Z,Feature Used,u1,search\n";
  await withFolder({ "e.csv": csv }, async (folder) => {
    const { rows } = await readFrom("events", await shortForm("events", join(folder, "e.csv")));
    expect(rows).toMatchObject([
      {
        accountId: "a",
        event: "Feature Used",
        userId: "u1",
        messageId: "e1",
        properties: { feature: "search" },
      },
    ]);
  });
});

test("--id names the column, and a column already called so becomes a trait", () => {
  const sql = shortFormSql(
    "accounts",
    ["account_id", "Domain", "Plan", "plan"],
    { id: "domain" },
    "a.csv",
  );
  expect(sql).toBe(
    'select\n  "Domain" as "account_id",\n  "account_id" as "account_id_2",\n  "Plan" as "plan",\n  "plan" as "plan_2"\nfrom rows',
  );
});

test("what cannot be told is asked for", () => {
  expect(() => shortFormSql("accounts", ["Domain", "Plan"], {}, "a.csv")).toThrow(
    "a.csv: no column looks like account_id; say --id COLUMN (its columns: Domain, Plan)",
  );
  expect(() => shortFormSql("accounts", ["Domain", "Plan"], { id: "Domian" }, "a.csv")).toThrow(
    "a.csv: there is no column Domian (did you mean Domain?)",
  );
  expect(() => shortFormSql("events", ["account_id", "event"], {}, "e.csv")).toThrow(
    "name a column at",
  );
});

test.each([
  ["Annual Revenue (USD)", "annual_revenue_usd"],
  ["companyId", "company_id"],
  ["Größe", "große".replace("ß", "_e").replace("gro_ee", "gro_e")],
  ["30d logins", "n_30d_logins"],
  ["%", "column"],
])("%s becomes %s", (header, name) => {
  expect(snakeCase(header)).toBe(name);
});
