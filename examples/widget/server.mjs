// The customer's own server, as small as it gets: serves the page and signs the user's id.
// node server.mjs; the settings are explained in README.md.
import { createHmac } from "node:crypto";
import { readFileSync } from "node:fs";
import { createServer } from "node:http";

const {
  TOUCHSTONE = "http://127.0.0.1:4600",
  WIDGET_KEY_ID = "",
  WIDGET_KEY_SECRET = "",
  WRITE_KEY = "",
  PORT = "4700",
} = process.env;
if (!WIDGET_KEY_ID || !WIDGET_KEY_SECRET || !WRITE_KEY) {
  console.error("Set WIDGET_KEY_ID, WIDGET_KEY_SECRET and WRITE_KEY (README.md says how to make them).");
  process.exit(2);
}

const POLICY = `default-src 'none'; style-src 'self'; script-src 'self' ${TOUCHSTONE}; connect-src ${TOUCHSTONE}; base-uri 'none'; form-action 'none'`;
const FILES = { "/app.js": "text/javascript", "/app.css": "text/css" };

/** Only the server knows the secret, so only it can say who somebody is. */
function tokenOf(userId) {
  return createHmac("sha256", WIDGET_KEY_SECRET).update(userId).digest("hex");
}

const server = createServer((request, response) => {
  const { pathname, searchParams } = new URL(request.url ?? "/", "http://localhost");
  const type = FILES[pathname];
  if (pathname !== "/" && !type) return void response.writeHead(404).end();
  response.writeHead(200, {
    "content-type": `${type ?? "text/html"}; charset=utf-8`,
    "content-security-policy": POLICY,
  });
  const text = readFileSync(new URL(type ? `.${pathname}` : "./index.html", import.meta.url), "utf8");
  // a real application takes the user from its session, never from the address
  const user = searchParams.get("user") || "ada";
  const values = { TOUCHSTONE, WIDGET_KEY_ID, WRITE_KEY, USER: user, TOKEN: tokenOf(user) };
  response.end(type ? text : text.replace(/\{\{(\w+)\}\}/g, (_, name) => escaped(values[name] ?? "")));
});
server.listen(Number(PORT), "127.0.0.1", () =>
  console.log(`http://localhost:${server.address().port}/?user=ada`),
);

function escaped(text) {
  return text.replace(/[&<>"']/g, (c) => `&#${c.charCodeAt(0)};`);
}
