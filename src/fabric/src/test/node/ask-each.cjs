// Sends numbered requests, some at a time, and prints as JSON how many were answered as they should be, what else came,
// and how many responses arrived in all: node ask-each.cjs CONFIG_FILE TOPIC COUNT AT_A_TIME
const { Client, Config, Request } = require("@opendxl/dxl-client");

const [configFile, topic, count, atATime] = process.argv.slice(2);
const client = new Client(Config.createDxlConfigFromFile(configFile));
const came = { answered: 0, others: [], responses: 0 };
let next = 0;
let left = Number(count);
function ask() {
  const number = next++;
  const request = new Request(topic);
  request.payload = `question ${number}`;
  client.asyncRequest(request, (error, response) => {
    if (!error && `${response.payload}` === `Java heard question ${number}`) {
      came.answered++;
    } else {
      came.others.push(error ? String(error) : `${response.payload}`);
    }
    left--;
    if (next < Number(count)) {
      ask();
    } else if (left === 0) {
      client.destroy(() => console.log(JSON.stringify(came)));
    }
  });
  if (number === 0) {
    client.addResponseCallback(request.replyToTopic, () => came.responses++);
  }
}
client.connect(() => {
  for (let i = 0; i < Number(atATime); i++) {
    ask();
  }
});
