// One article a line on standard input, a JSON list of its lines; answers with the same list
// after Harper's first suggestion for every lint has been applied, last lint first.
//
//     node fix_harper.mjs FOLDER [RULE ...]    (FOLDER holds node_modules; RULE is switched off)
//
// Harper's defaults (American English, its default rules, overlapping lints removed), with
// two choices: the text is said to be plain text rather than Markdown, and every line is
// read on its own, so that a headline without a full stop does not run on into the next line.

import { createInterface } from "node:readline";
import { pathToFileURL } from "node:url";

const dist = pathToFileURL(`${process.argv[2]}/node_modules/harper.js/dist/`).href;
const { LocalLinter } = await import(`${dist}index.js`);
const { binary } = await import(`${dist}binary.js`);
const linter = new LocalLinter({ binary });
await linter.setup();
const rules = await linter.getDefaultLintConfig();
for (const rule of process.argv.slice(3)) {
  if (!(rule in rules)) throw new Error(`Harper has no rule ${rule}`);
  rules[rule] = false;
}
await linter.setLintConfig(rules);

async function fix(line) {
  if (!line.trim()) return line;
  const lints = (await linter.lint(line, { language: "plaintext" })).filter((lint) => lint.suggestion_count() > 0);
  lints.sort((one, other) => other.span().start - one.span().start);
  for (const lint of lints) line = await linter.applySuggestion(line, lint, lint.suggestions()[0]);
  return line;
}

for await (const article of createInterface({ input: process.stdin, crlfDelay: Infinity })) {
  const fixed = [];
  for (const line of JSON.parse(article)) fixed.push((await fix(line)).replaceAll("\n", " "));
  process.stdout.write(`${JSON.stringify(fixed)}\n`);
}
