// The real server, in a process of its own so that its memory is not counted. It reads every body to its end
// and counts what came for each conversation; its parent asks for that.

import { createServer } from "node:http";
import { idIn } from "./messages.mjs";
import { realEnding } from "./real-endings.mjs";

const calls = Number(process.argv[2]);
const counts = new Uint8Array(calls + 1);
let foreign = 0;

function count(id) {
  if (id >= 1 && id <= calls) counts[id] += 1;
  else foreign += 1;
}

const server = createServer((request, response) => {
  request.resume();
  request.on("end", () => {
    const id = idIn(request.url);
    count(id);
    const { answer, held, begins } = realEnding(id - 1);
    if (held) {
      if (begins) response.write(begins);
      process.send({ received: id });
    } else {
      const [status, body, headers] = answer;
      response.writeHead(status, headers).end(body);
    }
  });
});
// A connection that the server closes just when a request comes would be no fault of the client's.
server.keepAliveTimeout = 0;

const QUESTIONS = {
  connections: (answer) => server.getConnections((_, open) => answer(open)),
  report(answer) {
    const having = (many) => counts.subarray(1).filter((count) => count === many).length;
    const [never, once] = [having(0), having(1)];
    answer({ never, once, more: calls - never - once, foreign });
  },
};

process.on("message", (question) => QUESTIONS[question]((answer) => process.send({ answer })));
process.on("disconnect", () => process.exit());
server.listen(0, "127.0.0.1", () => process.send({ answer: server.address().port }));
