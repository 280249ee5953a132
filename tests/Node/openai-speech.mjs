// Speaks a text as a user of OpenAI's own client would, with nothing changed but the address.
// node openai-speech.mjs <base url> <format> <stream format> <text> <file>; prints, as JSON, when the first and the last bytes came and how many events there were.
import { createWriteStream } from 'node:fs';
import OpenAI from 'openai';

const [baseURL, responseFormat, streamFormat, input, file] = process.argv.slice(2);
const client = new OpenAI({ baseURL, apiKey: process.env.OPENAI_API_KEY ?? 'none', maxRetries: 0 });
const began = performance.now();
const response = await client.audio.speech.create({ model: 'tts-1', voice: 'alloy', input, response_format: responseFormat, stream_format: streamFormat });
const out = createWriteStream(file);
let first = null, events = 0, rest = '', done = false;
for await (const chunk of response.body) {
  first ??= performance.now() - began;
  if (streamFormat !== 'sse') {
    out.write(chunk);
    continue;
  }
  rest += Buffer.from(chunk).toString('utf8');
  for (let end; (end = rest.indexOf('\n\n')) >= 0; rest = rest.slice(end + 2)) {
    const event = JSON.parse(rest.slice('data: '.length, end));
    events++;
    if (event.type === 'speech.audio.delta') out.write(Buffer.from(event.audio, 'base64'));
    done ||= event.type === 'speech.audio.done';
  }
}
await new Promise(resolve => out.end(resolve));
console.log(JSON.stringify({ first, last: performance.now() - began, events, done, type: response.headers.get('content-type'), task: response.headers.get('x-conversion-id') }));
