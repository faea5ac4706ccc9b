// A thread that sends prepared bodies by several clients at once, so that what the sender does is not done by the server.
import http from "node:http";
import { parentPort, workerData } from "node:worker_threads";

const { url, key, clients } = workerData;
const agent = new http.Agent({ keepAlive: true });
const headers = { authorization: `Basic ${btoa(`${key}:`)}`, "content-type": "application/json" };

parentPort?.on("message", async (bodies) => {
  const waiting = [...bodies];
  const start = performance.now();
  const client = async () => {
    for (let body = waiting.shift(); body !== undefined; body = waiting.shift()) await post(body);
  };
  try {
    await Promise.all(Array.from({ length: clients }, client));
    parentPort?.postMessage({ ms: performance.now() - start });
  } catch (error) {
    parentPort?.postMessage({ problem: String(error) });
  }
});

/** @param {string} body */
function post(body) {
  return new Promise((resolve, reject) => {
    const request = http.request(url, { method: "POST", agent, headers }, (answer) => {
      answer.resume();
      answer.once("end", () => {
        if (answer.statusCode === 200) resolve(undefined);
        else reject(new Error(`the server answered ${answer.statusCode}`));
      });
    });
    request.once("error", reject);
    request.end(body);
  });
}
