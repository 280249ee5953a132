// Does the service's main job from its documentation page, as a person would: submits a text, waits for it, downloads the speech.
// Prints what it saw as one line of JSON; SwaggerUiTests judges it.
//
//   node swagger-ui.mjs <address of the page> <text> <directory for the screenshot and the download>
//
// Chromium is the program that CHROMIUM names, or /usr/bin/chromium. There are no sleeps: each step waits for what the page shows next.
import { join } from 'node:path';
import { chromium } from 'playwright-core';

const [address, text, directory] = process.argv.slice(2);
const patience = 60_000;
const seen = { console: [], pageErrors: [], failedRequests: [], badAnswers: [], origins: [] };

const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM || '/usr/bin/chromium',
  args: [
    '--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run',
    '--disable-background-networking', '--disable-component-update', '--disable-sync',
  ],
});
try {
  const page = await browser.newPage({ viewport: { width: 1280, height: 1400 } });
  page.setDefaultTimeout(patience);
  watch(page);
  await page.goto(address);
  await operation(page, 'ConvertText').waitFor();
  seen.title = await page.title();
  seen.heading = (await page.locator('.info .title').innerText()).split('\n')[0];
  seen.operations = await page.locator('.opblock').count();
  seen.validatorUrl = await page.evaluate(() => window.ui.getConfigs().validatorUrl);

  seen.convert = await body(await execute(page, 'ConvertText', o => o.locator('textarea.body-param__text').fill(JSON.stringify({ text }))));
  const id = seen.convert.body.conversion_id;
  seen.task = await body(await execute(page, 'GetTask', async o => {
    await parameter(o, 'conversion_id').fill(id);
    await parameter(o, 'wait').fill('30');
  }));
  seen.audio = await file(await execute(page, 'DownloadAudio', o => parameter(o, 'conversion_id').fill(id)), join(directory, 'speech.wav'));
} finally {
  // Also when a step failed: it shows where.
  await browser.contexts()[0]?.pages()[0]?.screenshot({ path: join(directory, 'page.png') });
  await browser.close();
}

seen.origins = [...new Set(seen.origins)];
console.log(JSON.stringify(seen));

/** Notes whatever a page should not do. */
function watch(page) {
  page.on('console', m => seen.console.push(`${m.type()}: ${m.text()}`));
  page.on('pageerror', e => seen.pageErrors.push(String(e)));
  page.on('requestfailed', r => seen.failedRequests.push(`${r.method()} ${r.url()}: ${r.failure()?.errorText}`));
  page.on('response', r => r.status() >= 400 && seen.badAnswers.push(`${r.status()} ${r.request().method()} ${r.url()}`));
  page.on('request', r => {
    const url = new URL(r.url());
    if (url.protocol !== 'data:') {
      seen.origins.push(url.origin);
    }
  });
}

/** By its deep link, which ends in the operation's id. */
function operation(page, id) {
  return page.locator(`.opblock[id$="-${id}"]`);
}

function parameter(block, name) {
  return block.locator(`tr[data-param-name="${name}"] input`);
}

/** Opens an operation, fills it in, executes it and waits for the answer. */
async function execute(page, id, fill) {
  const block = operation(page, id);
  await block.locator('.opblock-summary-control').click();
  await fill(block);
  await block.getByRole('button', { name: 'Execute' }).click();
  const answer = block.locator('.live-responses-table .response');
  await answer.waitFor();
  return {
    status: Number.parseInt(await answer.locator('.response-col_status').innerText(), 10),
    duration: await answer.locator('h5:text-is("Request duration") + pre').innerText(),
    url: await block.locator('.request-url pre').innerText(),
    answer,
  };
}

/** The JSON that an answer shows. */
async function body({ answer, ...told }) {
  return { ...told, body: JSON.parse(await answer.locator('.highlight-code code').innerText()) };
}

/** The file that an answer offers, saved. */
async function file({ answer, ...told }, path) {
  const link = answer.getByRole('link', { name: 'Download file' });
  const [download] = await Promise.all([answer.page().waitForEvent('download'), link.click()]);
  await download.saveAs(path);
  return { ...told, fileName: download.suggestedFilename() };
}
