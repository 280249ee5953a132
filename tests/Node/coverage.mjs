// Adds up the Cobertura reports under a directory and prints line coverage by assembly and in all.
// A line that several test projects touch counts once. Usage: node tests/Node/coverage.mjs TestResults
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const directory = process.argv[2] ?? 'TestResults';
const reports = readdirSync(directory, { recursive: true }).filter(f => f.endsWith('coverage.cobertura.xml'));
if (reports.length === 0) {
  console.error(`No coverage report under ${directory}. Run COVERAGE=1 dotnet test first.`);
  process.exit(1);
}

const assemblies = new Map(); // assembly -> "file:line" -> hit
for (const report of reports) {
  const xml = readFileSync(join(directory, report), 'utf8');
  for (const [, name, body] of xml.matchAll(/<package name="([^"]+)"[^>]*>(.*?)<\/package>/gs)) {
    const lines = assemblies.get(name) ?? assemblies.set(name, new Map()).get(name);
    for (const [, file, inner] of body.matchAll(/<class [^>]*filename="([^"]+)"[^>]*>(.*?)<\/class>/gs)) {
      for (const [, line, hits] of inner.matchAll(/<line number="(\d+)" hits="(\d+)"/g)) {
        // Each report gives paths relative to its own root; the tail is the same.
        const key = `${file.replace(/^.*?(?=(src\/)?(Domain|Speech|Application|Infrastructure|WebApi)\/)/, '').replace(/^src\//, '')}:${line}`;
        lines.set(key, lines.get(key) || hits !== '0');
      }
    }
  }
}

let all = 0, covered = 0;
for (const [name, lines] of [...assemblies].sort()) {
  const hit = [...lines.values()].filter(Boolean).length;
  all += lines.size;
  covered += hit;
  console.log(`${name.padEnd(28)} ${(100 * hit / lines.size).toFixed(1).padStart(5)} % of ${lines.size} lines`);
}
console.log(`${'All'.padEnd(28)} ${(100 * covered / all).toFixed(1).padStart(5)} % of ${all} lines`);
