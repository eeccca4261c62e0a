// Sends requests with the OpenDXL client for Node.js and prints what came back, as JSON:
// node ask.cjs CONFIG_FILE TOPIC COUNT PAYLOAD
const { Client, Config, Request } = require("@opendxl/dxl-client");

const [configFile, topic, count, payload] = process.argv.slice(2);
const client = new Client(Config.createDxlConfigFromFile(configFile));
const came = { answers: {}, errors: [] };
let left = Number(count);
client.connect(() => {
  for (let i = 0; i < Number(count); i++) {
    const request = new Request(topic);
    request.payload = payload;
    client.asyncRequest(request, (error, response) => {
      if (error) {
        const refusal = error.dxlErrorResponse;
        came.errors.push(refusal ? { code: refusal.errorCode >>> 0, text: refusal.errorMessage } : String(error));
      } else {
        const answer = `${response.payload}`;
        came.answers[answer] = (came.answers[answer] || 0) + 1;
      }
      if (--left === 0) {
        client.destroy(() => console.log(JSON.stringify(came)));
      }
    });
  }
});
