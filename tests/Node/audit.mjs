// Asks NuGet and npm for known vulnerabilities of what the project uses. One that docs/security.md explains by its GHSA number is known;
// any other fails. Where a registry does not answer, that is said and is no failure: nothing was found out.
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const known = new Set(readFileSync(new URL('../../docs/security.md', import.meta.url), 'utf8').match(/GHSA(-[0-9a-z]{4}){3}/g) ?? []);
const findings = new Map();
let silent = 0;

const nuget = run('dotnet', ['list', 'package', '--vulnerable', '--include-transitive', '--format', 'json']);
const listed = parse(nuget);
if (listed?.projects === undefined) {
  unanswered('NuGet', nuget);
} else {
  for (const project of listed.projects) {
    for (const framework of project.frameworks ?? []) {
      for (const reference of [...(framework.topLevelPackages ?? []), ...(framework.transitivePackages ?? [])]) {
        for (const { advisoryurl: url, severity } of reference.vulnerabilities ?? []) {
          findings.set(url.split('/').at(-1), `${reference.id} ${reference.resolvedVersion} (${severity}): ${url}`);
        }
      }
    }
  }
}

const npm = run('npm', ['audit', '--json'], fileURLToPath(new URL('.', import.meta.url)));
const audited = parse(npm);
if (audited?.vulnerabilities === undefined) {
  unanswered('npm', npm);
} else {
  for (const [name, { via }] of Object.entries(audited.vulnerabilities)) {
    for (const { url, severity } of via.filter((v) => typeof v === 'object')) {
      findings.set(url.split('/').at(-1), `${name} (${severity}): ${url}`);
    }
  }
}

const unknown = [...findings].filter(([id]) => !known.has(id));
for (const [id, text] of findings) {
  console.log(`${known.has(id) ? 'known' : 'NEW  '} ${text}`);
}

console.log(`${findings.size} findings, ${unknown.length} of them new; ${silent} of 2 registries did not answer.`);
if (unknown.length > 0) {
  console.error('Take a version without it, or explain it in docs/security.md by its GHSA number.');
  process.exit(1);
}

function run(command, args, cwd) {
  return spawnSync(command, args, { cwd, encoding: 'utf8', shell: process.platform === 'win32', maxBuffer: 64 * 1024 * 1024 });
}

function parse({ stdout }) {
  try {
    return JSON.parse(stdout);
  } catch {
    return undefined;
  }
}

function unanswered(registry, { stdout, stderr }) {
  silent++;
  const answer = parse({ stdout })?.message ?? stderr ?? stdout;
  console.log(`${registry} did not tell: ${String(answer).trim().split('\n').at(-1).slice(0, 200)}`);
}
