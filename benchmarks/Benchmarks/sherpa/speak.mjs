// Speaks with sherpa-onnx: a line of JSON in is a list of texts, a line out is how many seconds of audio they came to.
import { createRequire } from 'node:module';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const { OfflineTts } = createRequire(import.meta.url)('sherpa-onnx-node');
const file = name => fileURLToPath(new URL(`voice/${name}`, import.meta.url));
const tts = new OfflineTts({
  model: { vits: { model: file('model.onnx'), tokens: file('tokens.txt'), lexicon: '', dataDir: '' }, numThreads: Number(process.argv[2]), provider: 'cpu' },
  maxNumSentences: 1,
});
for await (const line of createInterface({ input: process.stdin })) {
  let seconds = 0;
  for (const text of JSON.parse(line)) {
    const audio = tts.generate({ text, sid: 0, speed: 1 });
    seconds += audio.samples.length / audio.sampleRate;
  }
  console.log(JSON.stringify({ seconds }));
}
