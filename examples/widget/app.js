// What a customer's application does: tells who is there and what they do. The requests are those
// of Segment's clients, so one of these would do as well.
const { touchstone, writeKey, user } = document.currentScript.dataset;
const ACCOUNT = "warehouse-inc";

async function send(kind, event) {
  const answer = await fetch(`${touchstone}/v1/${kind}`, {
    method: "POST",
    headers: { "content-type": "text/plain", authorization: `Basic ${btoa(`${writeKey}:`)}` },
    body: JSON.stringify({ userId: user, messageId: crypto.randomUUID(), ...event }),
  });
  log(`sent: ${event.event ?? kind} (${answer.status})`);
}

function log(text) {
  const line = document.createElement("li");
  line.textContent = text;
  document.querySelector("#log").prepend(line);
}

/** The widget asks once a minute; who knows that something is about to come can ask sooner. */
function lookSoon() {
  for (const seconds of [1, 3, 8]) setTimeout(() => window.touchstone?.check(), seconds * 1000);
}

for (const button of document.querySelectorAll("[data-event]")) {
  button.addEventListener("click", async () => {
    await send("track", { event: button.dataset.event, context: { groupId: ACCOUNT } });
    lookSoon();
  });
}

addEventListener("load", async () => {
  for (const action of ["seen", "clicked", "dismissed", "item_done"])
    window.touchstone?.on(action, ({ message }) => log(`${action}: ${message}`));
  await send("group", { groupId: ACCOUNT, traits: { name: "Warehouse Inc" } });
  await send("identify", { traits: { name: user }, context: { locale: navigator.language, groupId: ACCOUNT } });
  lookSoon();
});
