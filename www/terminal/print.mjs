// What the terminal shows.

const inColour = process.stdout.isTTY && !process.env.NO_COLOR;
const colour = (code) => (text) => (inColour ? `\u001b[${code}m${text}\u001b[0m` : text);
const bold = colour("1");
const dim = colour("2");
const red = colour("31");
const green = colour("32");

export function printSandbox(url) {
  print(`${bold("engagelab-livedesk demo")}, with a LiveDesk in memory: nothing leaves this machine.`);
  print(`Open ${bold(`${url}/`)} to send messages from a page.`);
  print();
  print("Sending the five examples from here, through the package and HTTP:");
}

export function printLive(url, baseUrl) {
  print(`${bold("engagelab-livedesk demo")}, ${red("LIVE")}: what you send goes to ${baseUrl}.`);
  print("The example messages are NOT sent, because they would reach real customers.");
  print(`Open ${bold(`${url}/`)}, type the number of one of your conversations, write and send.`);
  print("Your key and secret stay in this process; the page never has them.");
  print("Unset LIVEDESK_API_KEY, LIVEDESK_API_SECRET and LIVEDESK_BASE_URL for the sandbox.");
}

/** One example: what was called, what came back (a line each), and whether that was expected. */
export function printSeed(number, { title, call }, lines, isExpected) {
  print();
  print(`${bold(`${number}. ${title}`)}  ${isExpected ? green("as expected") : red("NOT AS EXPECTED")}`);
  print(`   ${dim(call)}`);
  for (const line of lines) print(`   ${line}`);
}

export function printSummary(wentWell) {
  print();
  print(wentWell ? green("All five went as expected.") : red("Not all five went as expected."));
}

export function printWaiting() {
  print("Serving until Ctrl-C.");
}

export function printFailure(error) {
  if (error.code === "ERR_MODULE_NOT_FOUND" && error.message.includes("/pkg/")) {
    console.error("The package is not built yet: run `make build` first.");
  } else {
    console.error(error.name === "Error" || error.issues ? error.message : error);
  }
}

function print(line = "") {
  console.log(line);
}
